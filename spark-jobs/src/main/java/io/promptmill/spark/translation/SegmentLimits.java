package io.promptmill.spark.translation;

import java.io.Serializable;

/**
 * How much of a line is asked about at once.
 *
 * @param characters of a segment at most, at least 1; what is protected is longer where it must
 * @param sentences of a segment at most; 0 for as many as fit
 */
public record SegmentLimits(int characters, int sentences) implements Serializable {}
