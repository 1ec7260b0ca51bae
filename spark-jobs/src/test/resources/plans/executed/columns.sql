-- The operator reads the columns of a vectorized scan: no ColumnarToRow below it.
SELECT id, ai_gen(q) AS g FROM stored;
