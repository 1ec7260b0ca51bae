-- A call that reads another's answer is an operator above the other's.
SELECT ai_translate(ai_summarize(q), 'zh') FROM q;
