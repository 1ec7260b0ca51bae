package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import java.io.IOException;
import java.util.List;

/** A subcommand. */
interface Job {

  /** What stands on the command line. */
  String name();

  /** One sentence for the help. */
  String summary();

  /** Options, in the order of the help. */
  List<ConfKey<?>> keys();

  /**
   * Does the work.
   *
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} before any work if
   *     the options do not fit together or do not fit the input
   */
  void run(JobContext context) throws IOException;
}
