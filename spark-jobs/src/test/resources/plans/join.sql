-- A condition over one side is asked on that side.
SELECT a.id FROM q a JOIN q b ON a.id = b.k AND ai_gen(a.q) = 'x';
