-- The fake writes the prompt's columns: the limit and the text.
SELECT id, ai_summarize(content) AS summary FROM t;
SELECT ai_summarize(content, 5), ai_summarize(content, 0) FROM t WHERE id = 2;
SELECT ai_summarize(content, max_words => id) AS summary FROM t WHERE id = 2;
SELECT ai_summarize(content, -1) FROM t;
DESCRIBE FUNCTION EXTENDED ai_summarize;
