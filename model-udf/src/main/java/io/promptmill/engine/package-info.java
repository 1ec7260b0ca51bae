/**
 * Continuous batching over one model, in token ids, without tensor types. In: requests. Out:
 * completions and scores. Next: {@code udf}.
 */
package io.promptmill.engine;
