package io.promptmill.spark.plan;

import java.io.Serializable;
import java.util.LinkedHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/** What the Spark UI shows on an inference node. */
record InferMetrics(
    SQLMetric rows,
    SQLMetric requests,
    SQLMetric reused,
    SQLMetric errors,
    SQLMetric promptTokens,
    SQLMetric cachedTokens,
    SQLMetric completionTokens,
    SQLMetric batches,
    SQLMetric tokensPerSecond,
    SQLMetric waitTime)
    implements Serializable {

  static InferMetrics create(SparkContext context) {
    return new InferMetrics(
        SQLMetrics.createMetric(context, "number of output rows"),
        SQLMetrics.createMetric(context, "requests"),
        SQLMetrics.createMetric(context, "rows that share another's request"),
        SQLMetrics.createMetric(context, "failed rows"),
        SQLMetrics.createMetric(context, "prompt tokens"),
        SQLMetrics.createMetric(context, "cached prompt tokens"),
        SQLMetrics.createMetric(context, "completion tokens"),
        SQLMetrics.createMetric(context, "batches"),
        SQLMetrics.createAverageMetric(context, "tokens per second"),
        SQLMetrics.createNanoTimingMetric(context, "time waiting for the engine", -1L));
  }

  Map<String, SQLMetric> byName() {
    java.util.Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put("numOutputRows", rows);
    metrics.put("requests", requests);
    metrics.put("reused", reused);
    metrics.put("errors", errors);
    metrics.put("promptTokens", promptTokens);
    metrics.put("cachedTokens", cachedTokens);
    metrics.put("completionTokens", completionTokens);
    metrics.put("batches", batches);
    metrics.put("tokensPerSecond", tokensPerSecond);
    metrics.put("waitTime", waitTime);
    return Map.from(CollectionConverters.asScala(metrics));
  }

  /**
   * @param asked requests that were computed
   * @param shared rows that had an answer without a request of their own
   */
  void add(RowCounts counts, long asked, long shared) {
    requests.add(asked);
    reused.add(shared);
    rows.add(counts.rows());
    errors.add(counts.failed());
    promptTokens.add(counts.promptTokens());
    cachedTokens.add(counts.cachedTokens());
    completionTokens.add(counts.completionTokens());
    batches.add(counts.batches());
    waitTime.add(counts.waitNanos());
  }
}
