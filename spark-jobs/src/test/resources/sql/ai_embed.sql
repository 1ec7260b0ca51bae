-- The fake gives one, or two for the mean, and the number of characters.
SELECT id, ai_embed(content) AS embedding FROM t;
SELECT id, ai_embed(content, pooling => 'mean') AS embedding FROM t WHERE id = 1;
SELECT ai_embed(content, 'max') FROM t;
SELECT ai_embed(content, lang) FROM t;
DESCRIBE FUNCTION EXTENDED ai_embed;
