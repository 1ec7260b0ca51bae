/**
 * Reads published checkpoints from any Hadoop file system. In: a URI. Out: typed config, tensors by
 * ranged reads, a revision. Next: {@code model} and {@code text}.
 *
 * <p>{@code file:} and {@code hdfs:} need nothing more. {@code s3a:} needs {@code
 * org.apache.hadoop:hadoop-aws} of Hadoop's own version (3.5.0) on the class path, and endpoint and
 * credentials under {@code fs.s3a.*} ({@code spark.hadoop.fs.s3a.*} in Spark).
 *
 * <p>{@code RandomCheckpoint} writes what benchmarks read.
 */
package io.promptmill.checkpoint;
