-- ORDER BY on other columns and LIMIT go below the operator together.
SELECT ai_gen(q) AS g FROM q ORDER BY k DESC, id LIMIT 5;
