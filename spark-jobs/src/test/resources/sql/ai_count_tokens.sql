-- The fake counts characters.
SELECT id, ai_count_tokens(content) AS tokens FROM t;
DESCRIBE FUNCTION EXTENDED ai_count_tokens;
