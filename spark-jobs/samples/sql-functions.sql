-- The SQL functions on the demo model; docs/sql-functions.md says how to run it.
SET spark.promptmill.model = demo;
SET spark.promptmill.maxTokens = 64;
CREATE TEMPORARY VIEW reviews USING csv OPTIONS (path 'model-udf/demo/data/reviews.csv', header true);
CREATE TEMPORARY VIEW sentences USING parquet OPTIONS (path 'model-udf/demo/data/sentences.parquet');
SELECT review, ai_classify(review, array('positive', 'negative', 'neutral')) AS label FROM reviews WHERE language = 'en' LIMIT 5;
SELECT c.label, round(c.probabilities['negative'], 4) AS negative FROM (SELECT ai_classify(review, array('positive', 'negative'), probabilities => true) AS c FROM reviews LIMIT 3);
SELECT ai_analyze_sentiment('The headset is average, it does what it should.');
SELECT en, ai_translate(en, 'zh') AS translated, zh FROM sentences LIMIT 3;
SELECT ai_gen('Q: What is the town of Kalo famous for?\nA:');
SELECT ai_query(NULL, 'Extract name, city and quantity as JSON.\nText: On Thursday, Clara bought 28 kettles in Berlin.\nJSON:', returnType => 'STRUCT<name STRING, city STRING, quantity INT>');
SELECT ai_query('demo', repeat('Summarize this. ', 2000), failOnError => false, modelParameters => named_struct('max_tokens', 30));
SELECT ai_extract('On Thursday, Clara bought 28 kettles in Berlin.', array('name', 'city', 'product', 'day'));
SELECT ai_summarize('There was music too. Clara won a race in Tokyo on Tuesday. Everyone was happy about it.');
SELECT ai_fix_grammar('The doctors eats a pear on Monday.');
SELECT ai_mask('Call Clara at 555-0199.', array('names', 'phone numbers'));
SELECT ai_similarity('Great film! I love it.', 'An excellent film, I like it.') AS alike, ai_similarity('Great film! I love it.', 'The factory hired new workers.') AS different;
SELECT ai_score('Review: Poor laptop! It was a waste of money.\nSentiment:', array('positive', 'negative'));
SELECT ai_count_tokens('Great film!') AS tokens, size(ai_embed('Great film!')) AS width, slice(ai_embed('Great film!', 'mean'), 1, 3) AS mean;
