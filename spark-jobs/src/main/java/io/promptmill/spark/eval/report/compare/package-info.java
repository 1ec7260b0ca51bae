/**
 * Runs side by side. In: runs. Out: their common tree of tasks, items paired by document, and
 * differences with tests. Next: {@code eval.report}.
 */
package io.promptmill.spark.eval.report.compare;
