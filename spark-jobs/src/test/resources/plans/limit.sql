-- Each partition is limited; Spark takes as many partitions as it needs.
SELECT ai_gen(q) FROM q LIMIT 5;
