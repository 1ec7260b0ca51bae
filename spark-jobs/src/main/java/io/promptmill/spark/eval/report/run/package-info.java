/**
 * Finished evaluations. In: {@code results_<date>.json} and {@code samples_<task>_<date>.jsonl} of
 * lm-evaluation-harness 0.4.13 or of {@code eval.result}, at any Hadoop URI. Out: runs in memory.
 * Next: {@code eval.report.compare}.
 */
package io.promptmill.spark.eval.report.run;
