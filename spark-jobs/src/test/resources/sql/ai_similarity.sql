-- Of the fake's embeddings, (1, 4) and (1, 3).
SELECT id, ai_similarity(content, 'good') AS similarity FROM t;
SELECT ai_similarity(content, lang) AS similarity FROM t WHERE id = 4;
DESCRIBE FUNCTION EXTENDED ai_similarity;
