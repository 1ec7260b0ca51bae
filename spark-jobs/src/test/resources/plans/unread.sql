-- An answer that nobody reads is not computed.
SELECT id, h FROM (SELECT id, ai_gen(q) AS g, ai_fix_grammar(q) AS h FROM q) WHERE id > 3;
