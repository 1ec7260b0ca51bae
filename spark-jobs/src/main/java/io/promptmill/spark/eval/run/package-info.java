/**
 * Asks the model. In: items. Out: the same items with what the model said and what it cost.
 *
 * <p>{@code Ask} (what an item asks, one row each) → {@code AskRows} (tables, one for each kind of
 * inference) → {@code PartitionedRun} (Spark jobs whose partitions come back as they finish) →
 * {@code Journal} (kept under the key of their content, so that a rerun asks what is missing) →
 * {@code Outcomes}. Next: {@code eval.score}.
 */
package io.promptmill.spark.eval.run;
