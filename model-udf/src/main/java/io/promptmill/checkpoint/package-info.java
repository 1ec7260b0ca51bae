/**
 * Reads published checkpoints from any Hadoop file system. In: a URI. Out: typed config, tensors by
 * ranged reads, a revision. Next: {@code model} and {@code text}.
 */
package io.promptmill.checkpoint;
