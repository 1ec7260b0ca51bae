package io.promptmill.spark.plan;

import io.promptmill.spark.executor.ModelFacts;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What happened to rows.
 *
 * @param rows results given, failed rows included
 * @param errors failed rows by category
 * @param promptTokens tokens of prompts
 * @param cachedTokens those of them that were found in the prefix cache
 * @param completionTokens tokens drawn
 * @param batches Arrow batches
 * @param waitNanos time that tasks waited for the engine, ns, summed over tasks
 * @param revisions revisions of the models that answered
 * @param models what those models are
 */
public record RowCounts(
    long rows,
    Map<String, Long> errors,
    long promptTokens,
    long cachedTokens,
    long completionTokens,
    long batches,
    long waitNanos,
    Set<String> revisions,
    Set<ModelFacts> models)
    implements Serializable {

  public static final RowCounts NONE =
      new RowCounts(0, Map.of(), 0, 0, 0, 0, 0, Set.of(), Set.of());

  public RowCounts {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    revisions = Collections.unmodifiableSet(new TreeSet<>(revisions));
    models = Set.copyOf(models);
  }

  /** Rows that failed, of any category. */
  public long failed() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same work for another number of rows. */
  public RowCounts withRows(long count, Map<String, Long> failures) {
    return new RowCounts(
        count,
        failures,
        promptTokens,
        cachedTokens,
        completionTokens,
        batches,
        waitNanos,
        revisions,
        models);
  }

  public RowCounts plus(RowCounts other) {
    Map<String, Long> sum = new TreeMap<>(errors);
    other.errors.forEach((category, count) -> sum.merge(category, count, Long::sum));
    Set<String> union = new TreeSet<>(revisions);
    union.addAll(other.revisions);
    Set<ModelFacts> unionModels = new HashSet<>(models);
    unionModels.addAll(other.models);
    return new RowCounts(
        rows + other.rows,
        sum,
        promptTokens + other.promptTokens,
        cachedTokens + other.cachedTokens,
        completionTokens + other.completionTokens,
        batches + other.batches,
        waitNanos + other.waitNanos,
        union,
        unionModels);
  }
}
