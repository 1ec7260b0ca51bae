-- Cheap conditions come first, whatever their order; what WHERE has asked SELECT does not ask again.
SELECT id, ai_gen(q) FROM q WHERE ai_gen(q) LIKE '%7' AND k = 3;
