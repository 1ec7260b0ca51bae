/**
 * The Spark operator: input columns pass through, a struct column is appended for each call. In: a
 * DataFrame and an {@link io.promptmill.spark.plan.InferCall}, or {@link
 * io.promptmill.spark.plan.InferRequest}s in expressions. Out: a DataFrame. Next: {@code job}.
 *
 * <p>{@code ExtractInferences} (expressions to nodes) → {@code Infer} (logical) → {@code
 * OrderRequests} → {@code InferStrategy} → {@code InferExec} (physical, driver) → {@code
 * ReadColumns} → {@code InferEvaluator} (executor).
 */
package io.promptmill.spark.plan;
