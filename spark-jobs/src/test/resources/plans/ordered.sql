-- Rows in ranges of what the calls read, each input once; literals order nothing. Filters come first.
SET spark.promptmill.orderByPrefix = true;
SELECT id, ai_gen(q), ai_classify(q, array('a', 'b')), ai_translate(concat(k, ''), 'de') FROM q WHERE k > 2;
