package io.promptmill.engine;

/**
 * Counters since the engine opened.
 *
 * @param promptTokens prompt tokens of admitted requests
 * @param cachedTokens those of them that were found in the cache
 * @param computedTokens tokens that went through the model, recomputed ones included
 * @param completionTokens tokens drawn
 * @param steps forward passes
 * @param preemptions sequences that gave up their blocks to be recomputed later
 * @param requestsDone requests finished, failed ones included
 * @param requestsFailed requests that ended with an error
 * @param waiting requests queued now
 * @param running sequences in the batch now
 * @param blocksUsed cache blocks held now, cached prefixes included
 * @param blocksTotal cache blocks
 * @param stepNanos time spent in forward passes
 */
public record EngineMetrics(
    long promptTokens,
    long cachedTokens,
    long computedTokens,
    long completionTokens,
    long steps,
    long preemptions,
    long requestsDone,
    long requestsFailed,
    int waiting,
    int running,
    int blocksUsed,
    int blocksTotal,
    long stepNanos) {}
