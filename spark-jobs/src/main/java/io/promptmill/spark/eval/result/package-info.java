/**
 * Result files and tables. In: scores. Out: lm-evaluation-harness's results and sample files at any
 * Hadoop URI, tables for a terminal, and answers of a test set as its judges want them. Next:
 * {@code eval.report} and {@code job}.
 */
package io.promptmill.spark.eval.result;
