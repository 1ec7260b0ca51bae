-- Rows are asked about where their branch is taken: elsewhere the input is null.
SELECT coalesce(nullif(q, 'q3'), ai_gen(q)), CASE WHEN k = 1 THEN ai_gen(q) WHEN k = 2 THEN 'two' ELSE ai_summarize(q) END FROM q;
