SELECT ai_query('fake:other', content) FROM t;
SELECT ai_query(endpoint => 'fake:other', request => content) AS answer FROM t WHERE id = 1;
SELECT ai_query(NULL, content) AS answer FROM t WHERE id = 1;
-- The fake writes the request where a form is asked for.
SELECT ai_query(NULL, '{"name":"Anna","age":30}', returnType => 'STRUCT<name STRING, age INT>') AS answer;
SELECT ai_query(NULL, '[1,2]', returnType => 'ARRAY<INT>') AS answer, ai_query(NULL, '7', returnType => 'INT') AS n;
SELECT ai_query(NULL, '{"a":1}', responseFormat => '{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}}}') AS answer;
SELECT ai_query(NULL, '{"a":1}', responseFormat => 'STRUCT<a INT>') AS answer;
-- A row that fails: the fake fails what it is told to fail.
SELECT id, ai_query(NULL, concat('!fail ', content), failOnError => false) AS answer FROM t;
SELECT ai_query(NULL, content, failOnError => false) AS answer FROM t WHERE id = 1;
SELECT ai_query(NULL, concat('!fail ', content)) AS answer FROM t WHERE id = 1;
SELECT ai_query(NULL, content, modelParameters => named_struct('max_tokens', 3, 'temperature', 0.7, 'stop', array('x', 'y'))) AS answer FROM t WHERE id = 1;
SELECT ai_query(NULL, content, modelParameters => struct(3 AS max_tokens, 0.7 AS temperature)) AS answer FROM t WHERE id = 1;
SELECT ai_query(NULL, content, modelParameters => named_struct('max_token', 3)) FROM t;
SELECT ai_query(NULL, content, modelParameters => struct(id AS max_tokens)) FROM t;
SELECT ai_query(NULL, content, modelParameters => named_struct('max_tokens', 0)) FROM t;
SELECT ai_query(NULL, content, returnType => 'MAP<STRING, INT>') FROM t;
SELECT ai_query(NULL, content, responseFormat => 'json_object') FROM t;
SELECT ai_query(NULL, content, returnType => content) FROM t;
SELECT ai_query(NULL, content, failOnError => NULL) FROM t;
DESCRIBE FUNCTION EXTENDED ai_query;
