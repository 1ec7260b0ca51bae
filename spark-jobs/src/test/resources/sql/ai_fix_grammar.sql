SELECT id, ai_fix_grammar(content) AS fixed FROM t;
DESCRIBE FUNCTION EXTENDED ai_fix_grammar;
