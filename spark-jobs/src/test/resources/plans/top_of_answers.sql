-- ORDER BY on the answer needs all answers.
SELECT id, ai_gen(q) AS g FROM q ORDER BY g LIMIT 5;
