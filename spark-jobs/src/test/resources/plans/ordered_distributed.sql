-- What the query has distributed stays where it is, sorted.
SET spark.promptmill.orderByPrefix = true;
SELECT ai_gen(q) FROM (SELECT * FROM q DISTRIBUTE BY k);
