package io.promptmill.model.layer;

import io.promptmill.model.runtime.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Token embedding: one row of {@code [vocab, hidden]} for each token. */
public final class Embedding {
  private final LayerContext c;
  private final Operand<TNumber> weight;

  public Embedding(LayerContext c, String name, long vocab, long hidden) {
    this.c = c;
    this.weight = c.weights().variable(c.tf(), name + ".weight", vocab, hidden);
  }

  /**
   * @param tokenIds {@code [T]}
   * @return {@code [T, hidden]}
   */
  public Operand<TFloat32> apply(Operand<TInt32> tokenIds) {
    return c.widen(c.tf().gather(weight, tokenIds, c.tf().constant(0)));
  }
}
