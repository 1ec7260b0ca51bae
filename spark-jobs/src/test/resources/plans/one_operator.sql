-- Several calls over the same rows are one operator; equal ones are one call.
SELECT id, ai_gen(q), ai_gen(q), ai_summarize(q), ai_classify(q, array('a', 'b')) FROM q;
