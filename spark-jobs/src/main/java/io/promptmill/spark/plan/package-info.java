/**
 * The Spark operator: input columns pass through, one struct column is appended. In: a DataFrame
 * and an {@link io.promptmill.spark.plan.InferCall}. Out: a DataFrame. Next: {@code job}.
 *
 * <p>{@code Infer} (logical) → {@code InferStrategy} → {@code InferExec} (physical, driver) →
 * {@code InferEvaluator} (executor).
 */
package io.promptmill.spark.plan;
