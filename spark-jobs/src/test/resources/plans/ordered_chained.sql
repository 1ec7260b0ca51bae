-- Answers are not brought into order: Spark would compute them twice.
SET spark.promptmill.orderByPrefix = true;
SELECT ai_gen(concat(ai_gen(q), '?')) FROM q;
