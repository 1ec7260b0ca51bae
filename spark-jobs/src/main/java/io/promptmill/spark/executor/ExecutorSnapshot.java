package io.promptmill.spark.executor;

import java.io.Serializable;

/**
 * Running totals of one executor, and its queue at the moment.
 *
 * @param executorId Spark's
 * @param rows results given since the JVM started
 * @param errors failed rows among them
 * @param promptTokens tokens of prompts that the engine took in
 * @param cachedTokens those of them that were found in the prefix cache
 * @param completionTokens tokens drawn
 * @param waiting requests queued now
 * @param running sequences in the batch now
 */
public record ExecutorSnapshot(
    String executorId,
    long rows,
    long errors,
    long promptTokens,
    long cachedTokens,
    long completionTokens,
    int waiting,
    int running)
    implements Serializable {}
