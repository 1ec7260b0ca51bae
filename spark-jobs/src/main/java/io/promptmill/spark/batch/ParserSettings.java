package io.promptmill.spark.batch;

import io.promptmill.spark.conf.BatchKeys;
import io.promptmill.spark.conf.InferenceKeys;
import io.promptmill.spark.conf.PromptmillConf;
import java.io.Serializable;

/**
 * What lines are read with.
 *
 * @param servedModel the one name that bodies may call the model by; null for any
 * @param maxTokens of a completion where the body does not say, null for the endpoint's own
 * @param seed for requests without one
 * @param maxLineBytes of a line at most
 */
record ParserSettings(String servedModel, Integer maxTokens, long seed, long maxLineBytes)
    implements Serializable {

  static ParserSettings of(PromptmillConf conf) {
    return new ParserSettings(
        conf.find(BatchKeys.SERVED_MODEL_NAME).orElse(null),
        conf.find(BatchKeys.DEFAULT_MAX_TOKENS).orElse(null),
        conf.get(InferenceKeys.SEED),
        conf.get(BatchKeys.MAX_LINE_BYTES));
  }
}
