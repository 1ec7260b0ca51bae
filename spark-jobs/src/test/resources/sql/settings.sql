-- What the session says.
RESET spark.promptmill.model;
SELECT ai_gen('x');
SELECT ai_query('fake:other', 'x') AS answer;
SET spark.promptmill.model=fake:model;
SET spark.promptmill.temperature=-1;
SELECT ai_gen('x');
SET spark.promptmill.temperature=0.5;
SELECT ai_gen('x') AS answer;
