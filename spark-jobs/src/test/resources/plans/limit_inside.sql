-- Inside a query exactly the rows that the limit keeps are asked about.
SELECT max(g) FROM (SELECT ai_gen(q) AS g FROM q LIMIT 5);
