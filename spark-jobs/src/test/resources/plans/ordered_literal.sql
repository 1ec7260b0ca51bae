-- The same request for all rows needs no order.
SET spark.promptmill.orderByPrefix = true;
SELECT id, ai_gen('q') FROM q;
