-- To sort, Spark reads its input twice; the shuffle keeps the answers of the first time.
SELECT id, ai_gen(q) AS g FROM q ORDER BY g;
