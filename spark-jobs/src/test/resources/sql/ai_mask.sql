-- The fake writes the prompt's columns: what to mask and the text.
SELECT id, ai_mask(content, array('names', 'phone numbers')) AS masked FROM t;
SELECT ai_mask(content, array()) FROM t;
DESCRIBE FUNCTION EXTENDED ai_mask;
