-- The order of the result is the query's.
SET spark.promptmill.orderByPrefix = true;
SELECT id, ai_gen(q) AS g FROM q ORDER BY id;
