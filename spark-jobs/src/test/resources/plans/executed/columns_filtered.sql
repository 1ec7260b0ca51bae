-- A filter works on rows, so the transition stays below it.
SELECT ai_gen(q) FROM stored WHERE k = 3;
