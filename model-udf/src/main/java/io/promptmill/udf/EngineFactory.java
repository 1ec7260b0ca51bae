package io.promptmill.udf;

import org.apache.hadoop.conf.Configuration;

/** Opens a model; may take minutes. */
@FunctionalInterface
interface EngineFactory {

  /**
   * @return owned by the caller
   * @throws io.promptmill.error.PromptmillException if the checkpoint cannot be read or is not
   *     supported
   */
  OpenModel open(ModelSpec spec, Configuration conf);
}
