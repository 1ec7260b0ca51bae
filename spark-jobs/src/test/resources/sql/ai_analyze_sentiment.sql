SELECT id, ai_analyze_sentiment(content) AS sentiment FROM t;
DESCRIBE FUNCTION EXTENDED ai_analyze_sentiment;
