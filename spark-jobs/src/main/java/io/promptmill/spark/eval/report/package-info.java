/**
 * Pages about evaluations. In: finished runs. Out: one HTML file that needs nothing else, with
 * scores, checks, distributions, every sample and, for several runs, their paired comparison. Next:
 * {@code job}.
 *
 * <p>{@code run} (files to runs) → {@code statistic} (numbers to intervals and tests) → {@code
 * compare} (runs to differences) → this package (all of it to a page). Java computes every number;
 * the page's scripts in {@code promptmill/report} draw and filter.
 */
package io.promptmill.spark.eval.report;
