/**
 * Evaluation suites. In: task files and documents. Out: scores that equal lm-evaluation-harness's
 * per item, and a report. Next: {@code job}.
 *
 * <p>{@code document} (files to documents) → {@code task} (YAML to definitions) → {@code prompt}
 * (documents to items) → {@code run} (items to outcomes, as Spark jobs) → {@code score} (outcomes
 * to metrics) → {@code result} (files and tables) → {@code report} (pages).
 */
package io.promptmill.spark.eval;
