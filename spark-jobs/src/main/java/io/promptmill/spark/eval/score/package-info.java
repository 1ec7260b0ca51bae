/**
 * Scores. In: definitions of tasks and groups, and items with their answers. Out: filtered answers
 * and metrics of each sample, scores of tasks and groups with standard errors, as
 * lm-evaluation-harness 0.4.13 computes them. Next: {@code eval.result}.
 *
 * <p>{@code Filters} and {@code Metrics} are the two extension points: one literal map each.
 */
package io.promptmill.spark.eval.score;
