-- A condition on other columns goes below the operator, one on the answer stays above.
SELECT * FROM (SELECT id, k, ai_gen(q) AS g FROM q) WHERE k = 3 AND g IS NOT NULL;
