package io.promptmill.model.layer;

import io.promptmill.model.runtime.KvTensors;
import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.QueryInputs;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Softmax attention over the tiles of a step. A row with a single split is normalised in its tile;
 * the splits of the others are put on one scale by their log-sum-exp before the values are summed,
 * in order of position.
 */
final class TiledAttention {
  private record MergedTile(
      QueryInputs.Tiles tiles,
      Operand<TNumber> latents,
      Operand<TFloat32> weights,
      Operand<TFloat32> max,
      Operand<TFloat32> sum) {}

  private final LayerContext c;
  private final Ops tf;
  private final AttentionForm form;
  private final int heads;

  TiledAttention(LayerContext c, AttentionForm form, int heads) {
    this.c = c;
    this.tf = c.tf();
    this.form = form;
    this.heads = heads;
  }

  /**
   * @param queries {@code [T, H * query width]}
   * @param written latents that must be there first
   * @return {@code [T, H * value width]}
   */
  Operand<TNumber> apply(
      Operand<TNumber> queries, KvTensors.Layer cache, Op written, QueryInputs in) {
    List<Operand<TNumber>> outputs = new ArrayList<>();
    List<MergedTile> merged = new ArrayList<>();
    for (QueryInputs.Tiles tiles : in.tiles()) {
      Operand<TNumber> latents = cache.read(tf, tiles.slots(), written);
      Operand<TNumber> tileQueries = tf.gather(queries, tiles.rows(), tf.constant(0));
      Operand<TNumber> scores =
          tf.math.add(form.scores(tileQueries, latents, tiles.shape()), tiles.mask());
      if (tiles.shape().merged()) {
        merged.add(weigh(tiles, latents, c.widen(scores)));
      } else {
        outputs.add(form.values(tf.nn.softmax(scores), latents, tiles.shape()));
      }
    }
    outputs.add(merge(merged, in));
    return tf.gather(tf.concat(outputs, tf.constant(0)), in.source(), tf.constant(0));
  }

  private MergedTile weigh(
      QueryInputs.Tiles tiles, Operand<TNumber> latents, Operand<TFloat32> scores) {
    Operand<TInt32> axis = tf.constant(3);
    Operand<TFloat32> max = tf.reduceMax(scores, axis, ReduceMax.keepDims(true));
    Operand<TFloat32> weights = tf.math.exp(tf.math.sub(scores, max));
    Operand<TFloat32> sum = tf.reduceSum(weights, axis, ReduceSum.keepDims(true));
    return new MergedTile(tiles, latents, weights, byRow(max), byRow(sum));
  }

  private Operand<TFloat32> byRow(Operand<TFloat32> statistic) {
    return tf.reshape(statistic, tf.constant(new int[] {-1, heads}));
  }

  private Operand<TNumber> merge(List<MergedTile> merged, QueryInputs in) {
    Operand<TFloat32> scales = scales(merged, in);
    List<Operand<TNumber>> outputs = new ArrayList<>();
    Operand<TInt32> from = tf.constant(new int[] {0, 0});
    for (MergedTile tile : merged) {
      Operand<TInt32> rows = tf.shape(tile.max());
      Operand<TFloat32> scale =
          tf.reshape(
              tf.slice(scales, from, rows),
              tf.constant(new int[] {-1, tile.tiles().shape().queries(), heads, 1}));
      Operand<TNumber> probabilities = c.round(tf.math.mul(tile.weights(), scale));
      outputs.add(form.values(probabilities, tile.latents(), tile.tiles().shape()));
      from = tf.math.mul(tf.math.add(from, rows), tf.constant(new int[] {1, 0}));
    }
    return tf.sparse.sparseSegmentSum(
        tf.concat(outputs, tf.constant(0)), in.mergeParts(), in.mergeRows());
  }

  /** {@code [N2, H]}: what a tile's exponentials are multiplied by to be probabilities. */
  private Operand<TFloat32> scales(List<MergedTile> merged, QueryInputs in) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> last = tf.concat(List.of(tf.constant(new int[] {-1}), in.mergeRows()), zero);
    Operand<TInt32> rows = tf.math.add(tf.reduceMax(last, zero), tf.constant(1));
    Operand<TFloat32> max =
        tf.gather(
            tf.concat(merged.stream().map(MergedTile::max).toList(), zero), in.mergeParts(), zero);
    Operand<TFloat32> sum =
        tf.gather(
            tf.concat(merged.stream().map(MergedTile::sum).toList(), zero), in.mergeParts(), zero);
    Operand<TFloat32> rowMax =
        tf.gather(tf.math.unsortedSegmentMax(max, in.mergeRows(), rows), in.mergeRows(), zero);
    Operand<TFloat32> shift =
        FullRegisters.apply(tf, tf.math.sub(max, rowMax), x -> tf.math.exp(x));
    Operand<TFloat32> rowSum =
        tf.gather(
            tf.math.unsortedSegmentSum(tf.math.mul(shift, sum), in.mergeRows(), rows),
            in.mergeRows(),
            zero);
    return tf.gather(tf.math.div(shift, rowSum), in.partOfMerged(), zero);
  }
}
