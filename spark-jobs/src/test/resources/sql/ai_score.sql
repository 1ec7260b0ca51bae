SELECT id, ai_score(content, array('a', 'bb')) AS scores FROM t;
SELECT inline(ai_score('q', array('a', 'bb')));
SELECT ai_score(content, array()) FROM t;
DESCRIBE FUNCTION EXTENDED ai_score;
