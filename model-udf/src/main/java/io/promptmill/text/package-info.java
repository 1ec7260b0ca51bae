/**
 * Text to token ids and back, templates of chats and of evaluation tasks. In: tokenizer files of a
 * checkpoint. Out: ids for {@code engine}. Next: {@code udf}.
 */
package io.promptmill.text;
