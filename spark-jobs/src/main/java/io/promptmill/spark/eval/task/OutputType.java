package io.promptmill.spark.eval.task;

/** How a task asks the model; names in files are the lower-case ones. */
public enum OutputType {
  MULTIPLE_CHOICE,
  LOGLIKELIHOOD,
  LOGLIKELIHOOD_ROLLING,
  GENERATE_UNTIL
}
