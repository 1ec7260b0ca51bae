/**
 * Original files to documents, on the driver. In: data set definitions, roots at any Hadoop URI.
 * Out: {@link io.promptmill.spark.eval.Document}s whose fields are those of lm-evaluation-harness.
 * Next: {@code eval.prompt}.
 *
 * <p>{@code DataRoots} and {@code SplitFiles} find the files of a split, {@code FileFormats} names
 * the reader of each, {@code DocumentMapping} makes a row a document; {@code DocumentSource} is the
 * way in.
 */
package io.promptmill.spark.eval.document;
