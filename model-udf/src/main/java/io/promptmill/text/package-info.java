/**
 * Text to token ids and back, chat templates. In: tokenizer files of a checkpoint. Out: ids for
 * {@code engine}. Next: {@code udf}.
 */
package io.promptmill.text;
