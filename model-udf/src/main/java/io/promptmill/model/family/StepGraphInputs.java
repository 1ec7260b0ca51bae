package io.promptmill.model.family;

import io.promptmill.model.layer.RotaryEmbedding;
import io.promptmill.model.runtime.Precision;
import io.promptmill.model.runtime.QueryInputs;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

/**
 * What a step feeds.
 *
 * @param tokenIds {@code [T]}
 * @param slots {@code [T]}
 * @param headRows {@code [R]}
 * @param all attention of all {@code T} rows
 * @param head attention of the {@code R} rows that the head wants, for the last layer
 */
record StepGraphInputs(
    Placeholder<TInt32> tokenIds,
    Placeholder<TInt32> slots,
    Placeholder<TInt32> headRows,
    QueryInputs all,
    QueryInputs head) {

  StepGraphInputs(Ops tf, Precision precision, RotaryEmbedding rotary) {
    this(
        ints(tf),
        ints(tf),
        ints(tf),
        new QueryInputs(tf, precision, rotary.dimension()),
        new QueryInputs(tf, precision, rotary.dimension()));
  }

  private static Placeholder<TInt32> ints(Ops tf) {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
  }
}
