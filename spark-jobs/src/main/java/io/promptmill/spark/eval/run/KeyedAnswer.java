package io.promptmill.spark.eval.run;

import java.io.Serializable;

/**
 * @param key of what was asked, see {@link AskKey}
 */
record KeyedAnswer(String key, Answer answer) implements Serializable {}
