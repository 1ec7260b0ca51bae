-- Grouping columns and what aggregates read is asked below, what reads aggregates above.
SELECT ai_gen(q), count(ai_fix_grammar(q)), ai_summarize(max(q)) FROM q GROUP BY ai_gen(q);
