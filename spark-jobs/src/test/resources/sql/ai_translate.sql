-- The fake writes the prompt's columns: the language and the text.
SELECT id, ai_translate(content, lang) AS translation FROM t;
SELECT ai_translate('good', 'pt-BR') AS code, ai_translate('good', 'Klingon') AS name;
SELECT ai_translate(ai_summarize(content), to_lang => 'zh') AS translation FROM t WHERE id = 1;
SELECT ai_translate(content) FROM t;
DESCRIBE FUNCTION EXTENDED ai_translate;
