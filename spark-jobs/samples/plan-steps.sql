-- What spark.promptmill.deduplicate and spark.promptmill.orderByPrefix gain on data with repeated values and with long common
-- beginnings; docs/sql-functions.md says how to run it. The last two statements print seconds and gains.
SET spark.promptmill.model = demo;
SET spark.promptmill.maxTokens = 24;
SET spark.promptmill.cacheBytes = 32m;
DECLARE VARIABLE began TIMESTAMP;
DECLARE VARIABLE every, once, ordered, scattered, together DOUBLE;
DECLARE VARIABLE answers ARRAY<BIGINT> DEFAULT array();
-- 3,000 rows in 8 tasks ask 150 different requests.
CREATE TEMPORARY VIEW repeated AS
SELECT concat('Summarize: Clara won race ', id * 7919 % 150, ' in Tokyo on Tuesday. Many people came.') AS q FROM range(0, 3000, 1, 8);
-- 100 beginnings of 468 tokens with 8 questions each, far apart; the cache holds half of them in bfloat16.
CREATE TEMPORARY VIEW documents AS
SELECT concat(array_join(transform(sequence(1, 30), i -> concat('Note ', i, ' of report ', id % 100, ': Many people came.')), ' '),
              '\nQuestion ', id DIV 100, ': Who came?\nAnswer:') AS q FROM range(0, 800, 1, 8);
-- The model opens, and everything is compiled.
SELECT sum(length(ai_gen(q))) FROM (SELECT q FROM repeated LIMIT 100);

SET spark.promptmill.deduplicate = false;
SET VAR began = now();
SET VAR answers = array_append(answers, (SELECT sum(length(ai_gen(q))) FROM repeated));
SET VAR every = unix_millis(now()) - unix_millis(began);

SET spark.promptmill.deduplicate = true;
SET VAR began = now();
SET VAR answers = array_append(answers, (SELECT sum(length(ai_gen(q))) FROM repeated));
SET VAR once = unix_millis(now()) - unix_millis(began);

SET spark.promptmill.orderByPrefix = true;
SET VAR began = now();
SET VAR answers = array_append(answers, (SELECT sum(length(ai_gen(q))) FROM repeated));
SET VAR ordered = unix_millis(now()) - unix_millis(began);

SET spark.promptmill.orderByPrefix = false;
SET VAR began = now();
SET VAR answers = array_append(answers, (SELECT sum(length(ai_gen(q))) FROM documents));
SET VAR scattered = unix_millis(now()) - unix_millis(began);

SET spark.promptmill.orderByPrefix = true;
SET VAR began = now();
SET VAR answers = array_append(answers, (SELECT sum(length(ai_gen(q))) FROM documents));
SET VAR together = unix_millis(now()) - unix_millis(began);

SELECT every / 1000 AS every_row, once / 1000 AS deduplicate, ordered / 1000 AS deduplicate_ordered, scattered / 1000 AS scattered, together / 1000 AS by_prefix, answers;
SELECT round(every / once, 1) AS gain_of_deduplicate, round(every / ordered, 1) AS gain_of_both, round(scattered / together, 1) AS gain_of_order;
