-- The fake likes the longest label best.
SELECT id, ai_classify(content, array('a', 'bbb', 'cc')) AS label FROM t;
SELECT id, ai_classify(content, labels) AS label FROM t;
SELECT ai_classify(content, array('a', 'bb'), probabilities => true) AS label FROM t WHERE id IN (1, 3);
SELECT ai_classify(content, array('a')) FROM t;
SELECT ai_classify(content, array('a', 'a')) FROM t;
SELECT ai_classify(content, array('a', NULL)) FROM t;
SELECT ai_classify(content, 'a') FROM t;
SELECT ai_classify(content, labels, id = 1) FROM t;
DESCRIBE FUNCTION EXTENDED ai_classify;
