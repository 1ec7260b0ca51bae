package io.promptmill.udf;

import io.promptmill.engine.ScoreResult;

/**
 * What a row's candidates, or its whole text, came to.
 *
 * @param tokenCounts tokens of each candidate
 * @param truncatedTokens cut from the left of the context, of the candidate that lost most
 */
record RowScore(ScoreResult result, int[] tokenCounts, int truncatedTokens) {}
