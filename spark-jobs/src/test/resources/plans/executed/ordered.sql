-- Spark's own operators bring rows into order below ours.
SET spark.promptmill.orderByPrefix = true;
SELECT id, ai_gen(q) AS g FROM stored;
