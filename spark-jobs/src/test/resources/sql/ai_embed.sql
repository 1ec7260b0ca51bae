-- The fake gives one and the number of characters.
SELECT id, ai_embed(content) AS embedding FROM t;
DESCRIBE FUNCTION EXTENDED ai_embed;
