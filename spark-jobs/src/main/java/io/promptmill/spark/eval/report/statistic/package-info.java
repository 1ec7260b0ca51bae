/**
 * Statistics of evaluations, one to a class. In: numbers. Out: intervals, tests, histograms. Next:
 * {@code eval.report.compare} and {@code eval.report}.
 */
package io.promptmill.spark.eval.report.statistic;
