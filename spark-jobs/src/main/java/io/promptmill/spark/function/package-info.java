/**
 * SQL functions. In: a function's name and arguments. Out: expressions over an {@link
 * io.promptmill.spark.plan.InferRequest}. Next: {@code plan}.
 *
 * <p>{@code AiFunctions} (registry) → {@code AiCall} (in analyzed plans) → {@code LowerAiFunctions}
 * → Spark's own expressions around requests. A function is one class, one line of the registry, one
 * prompt file and one {@code .sql} test.
 */
package io.promptmill.spark.function;
