package io.promptmill.model.runtime;

import io.promptmill.model.AttentionPlan;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** What the query rows of a step feed: positions, rotations, tiles. */
public final class QueryInputs {
  /** Added to scores of slots that a row does not see; their probability is then exactly 0. */
  private static final float UNSEEN = -1e30f;

  /**
   * Tiles of one shape in the graph.
   *
   * @param rows {@code [G, Q]} query rows
   * @param slots {@code [G, span]} cache slots
   * @param mask {@code [G, Q, 1, span]} 0 where the row sees the slot
   */
  public record Tiles(
      TileShape shape, Operand<TInt32> rows, Operand<TInt32> slots, Operand<TNumber> mask) {}

  private record Feeds(
      Placeholder<TInt32> rows, Placeholder<TInt32> blocks, Placeholder<TInt32> first) {}

  private final Placeholder<TInt32> positions;
  private final Placeholder<TFloat32> cos;
  private final Placeholder<TFloat32> sin;
  private final Placeholder<TInt32> mergeParts;
  private final Placeholder<TInt32> mergeRows;
  private final Placeholder<TInt32> partOfMerged;
  private final Placeholder<TInt32> source;
  private final List<TileShape> shapes;
  private final List<Feeds> feeds = new ArrayList<>();
  private final List<Tiles> tiles = new ArrayList<>();
  private final int rotary;

  /**
   * @param rotary width of the rotations
   */
  public QueryInputs(Ops tf, Precision precision, int rotary) {
    this.rotary = rotary;
    positions = ints(tf, Shape.of(-1));
    cos = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, rotary)));
    sin = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, rotary)));
    mergeParts = ints(tf, Shape.of(-1));
    mergeRows = ints(tf, Shape.of(-1));
    partOfMerged = ints(tf, Shape.of(-1));
    source = ints(tf, Shape.of(-1));
    shapes = TileShape.all(precision);
    for (TileShape shape : shapes) {
      Feeds feed =
          new Feeds(
              ints(tf, Shape.of(-1, shape.queries())),
              ints(tf, Shape.of(-1, shape.blocks())),
              ints(tf, Shape.of(-1, 1)));
      feeds.add(feed);
      tiles.add(tiles(tf, precision, shape, feed));
    }
  }

  private static Placeholder<TInt32> ints(Ops tf, Shape shape) {
    return tf.placeholder(TInt32.class, Placeholder.shape(shape));
  }

  private Tiles tiles(Ops tf, Precision precision, TileShape shape, Feeds feed) {
    Operand<TInt32> starts = tf.math.mul(feed.blocks(), tf.constant(TileShape.BLOCK));
    Operand<TInt32> offsets =
        tf.range(tf.constant(0), tf.constant(TileShape.BLOCK), tf.constant(1));
    Operand<TInt32> slots =
        tf.reshape(
            tf.math.add(tf.expandDims(starts, tf.constant(2)), offsets),
            tf.constant(new int[] {-1, shape.span()}));
    Operand<TInt32> slotPositions =
        tf.math.add(
            feed.first(), tf.range(tf.constant(0), tf.constant(shape.span()), tf.constant(1)));
    Operand<TInt32> rowPositions = tf.gather(positions, feed.rows(), tf.constant(0));
    var seen =
        tf.math.lessEqual(
            tf.expandDims(slotPositions, tf.constant(1)),
            tf.expandDims(rowPositions, tf.constant(2)));
    Operand<TFloat32> mask =
        tf.expandDims(tf.select(seen, tf.constant(0f), tf.constant(UNSEEN)), tf.constant(2));
    return new Tiles(shape, feed.rows(), slots, precision.round(tf, mask));
  }

  /**
   * Feeds one run.
   *
   * @param rowPositions {@code [T]}
   * @param cosSin {@code [2][T * rotary]}
   */
  public void feed(
      Session.Runner runner,
      StepTensors tensors,
      int[] rowPositions,
      float[][] cosSin,
      AttentionPlan attention) {
    AttentionTiling tiling = AttentionTiling.of(attention, rowPositions, shapes);
    int rows = rowPositions.length;
    runner.feed(positions, tensors.ints(rowPositions, rows));
    runner.feed(cos, tensors.floats(cosSin[0], rows, 1, rotary));
    runner.feed(sin, tensors.floats(cosSin[1], rows, 1, rotary));
    runner.feed(mergeParts, tensors.ints(tiling.mergeParts(), tiling.mergeParts().length));
    runner.feed(mergeRows, tensors.ints(tiling.mergeRows(), tiling.mergeRows().length));
    runner.feed(partOfMerged, tensors.ints(tiling.partOfMerged(), tiling.partOfMerged().length));
    runner.feed(source, tensors.ints(tiling.source(), rows));
    for (int i = 0; i < feeds.size(); i++) {
      TileShape shape = shapes.get(i);
      AttentionTiling.Tiles fed = tiling.tiles().get(i);
      runner.feed(feeds.get(i).rows(), tensors.ints(fed.rows(), fed.count(), shape.queries()));
      runner.feed(feeds.get(i).blocks(), tensors.ints(fed.blocks(), fed.count(), shape.blocks()));
      runner.feed(feeds.get(i).first(), tensors.ints(fed.first(), fed.count(), 1));
    }
  }

  /** {@code [T, 1, rotary]} */
  public Operand<TFloat32> cos() {
    return cos;
  }

  /** {@code [T, 1, rotary]} */
  public Operand<TFloat32> sin() {
    return sin;
  }

  /** Tiles of every shape, in the order of {@link TileShape#all}. */
  public List<Tiles> tiles() {
    return List.copyOf(tiles);
  }

  /** {@code [K]}, see {@link AttentionTiling#mergeParts()} */
  public Operand<TInt32> mergeParts() {
    return mergeParts;
  }

  /** {@code [K]}, see {@link AttentionTiling#mergeRows()} */
  public Operand<TInt32> mergeRows() {
    return mergeRows;
  }

  /** {@code [N2]}, see {@link AttentionTiling#partOfMerged()} */
  public Operand<TInt32> partOfMerged() {
    return partOfMerged;
  }

  /** {@code [T]}, see {@link AttentionTiling#source()} */
  public Operand<TInt32> source() {
    return source;
  }
}
