-- The model's answer; null asks nothing.
SELECT id, ai_gen(content) FROM t;
SELECT ai_gen('a literal'), ai_gen(NULL);
SELECT ai_gen(id) FROM t WHERE id < 3;
SELECT ai_gen(prompt => content) AS answer FROM t WHERE id = 1;
-- Another's answer is asked on, and equal calls are one.
SELECT ai_gen(ai_gen(content)), ai_gen(content) FROM t WHERE id = 2;
SELECT ai_gen();
SELECT ai_gen(content, content) FROM t;
SELECT ai_gen(labels) FROM t;
SELECT ai_gen(text => content) FROM t;
DESCRIBE FUNCTION ai_gen;
DESCRIBE FUNCTION EXTENDED ai_gen;
