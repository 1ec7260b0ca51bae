-- The fake writes the text itself where JSON is asked for.
SELECT ai_extract('{"name":"Anna","city":null}', array('name', 'city')) AS found;
SELECT id, ai_extract(nullif(content, content), array('name')) AS found FROM t WHERE id = 3;
SELECT ai_extract(content, labels) FROM t;
SELECT ai_extract(content, array()) FROM t;
DESCRIBE FUNCTION EXTENDED ai_extract;
-- Numbers are read as texts.
SELECT ai_extract('{"name": "Anna", "age": 30}', array('name', 'age')) AS found;
