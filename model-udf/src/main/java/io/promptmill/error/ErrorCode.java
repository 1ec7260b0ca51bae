package io.promptmill.error;

/** Category of a failure, stored with every error of a row and with every error of a job. */
public enum ErrorCode {
  /** A file of the checkpoint is missing, truncated, malformed or contradicts another. */
  CHECKPOINT_INVALID,
  /** The checkpoint is well formed but its architecture or a setting is not supported. */
  MODEL_UNSUPPORTED,
  /** An option, configuration key or column is unknown, missing or out of range. */
  OPTION_INVALID,
  /** The row's prompt is null, not text, or otherwise unusable. */
  PROMPT_INVALID,
  /** The row needs more positions than the model or the cache has. */
  PROMPT_TOO_LONG,
  /** The prompt template or chat template failed on the row. */
  TEMPLATE_FAILED,
  /** The row's candidate list is null, empty, or has a null or empty candidate. */
  CANDIDATES_INVALID,
  /** The row's own parameters are malformed, out of range or not supported. */
  REQUEST_INVALID,
  /** The engine failed while it computed the row. */
  ENGINE_FAILED,
  /** The engine was closed before the row was done. */
  ENGINE_CLOSED
}
