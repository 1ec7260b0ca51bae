SELECT id FROM q AS o WHERE EXISTS (SELECT 1 FROM q u WHERE u.k = o.id AND ai_gen(u.q) = 'x');
