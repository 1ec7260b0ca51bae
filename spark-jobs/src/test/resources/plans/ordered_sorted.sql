-- What the query has sorted stays sorted.
SET spark.promptmill.orderByPrefix = true;
SELECT ai_gen(q) FROM (SELECT * FROM q ORDER BY id);
