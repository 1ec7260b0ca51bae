-- Calls of several SELECTs over the same rows are one operator.
SELECT *, ai_gen(concat(q, '!')) AS h FROM (SELECT *, ai_gen(q) AS g FROM q);
