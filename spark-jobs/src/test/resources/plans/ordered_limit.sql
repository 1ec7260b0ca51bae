-- A number of rows is not brought into order.
SET spark.promptmill.orderByPrefix = true;
SELECT ai_gen(q) FROM q LIMIT 5;
