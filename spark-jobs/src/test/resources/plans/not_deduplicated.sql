SET spark.promptmill.deduplicate=false;
SELECT ai_gen(q) FROM q;
