package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.run.Score;
import io.promptmill.spark.eval.report.statistic.McNemar;
import io.promptmill.spark.eval.report.statistic.PairedDifference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Values of one metric in two runs, paired by item. */
final class Pairing {
  private final DoubleStream.Builder differences = DoubleStream.builder();
  private boolean binary = true;
  private int raised;
  private int lowered;
  private int onlyBaseline;
  private int onlyOther;

  private Pairing() {}

  static Pairing of(List<Item> items, int baseline, int other, Score score) {
    Pairing pairing = new Pairing();
    for (Item item : items) {
      pairing.add(value(item, baseline, score), value(item, other, score));
    }
    return pairing;
  }

  private static OptionalDouble value(Item item, int run, Score score) {
    return item.samples()
        .get(run)
        .map(sample -> sample.value(score.metric(), score.filter()))
        .orElse(OptionalDouble.empty());
  }

  private void add(OptionalDouble baseline, OptionalDouble other) {
    if (baseline.isPresent() && other.isPresent()) {
      double difference = other.getAsDouble() - baseline.getAsDouble();
      differences.add(difference);
      binary &= isBinary(baseline.getAsDouble()) && isBinary(other.getAsDouble());
      raised += difference > 0 ? 1 : 0;
      lowered += difference < 0 ? 1 : 0;
    } else {
      onlyBaseline += baseline.isPresent() ? 1 : 0;
      onlyOther += other.isPresent() ? 1 : 0;
    }
  }

  private static boolean isBinary(double value) {
    return value == 0 || value == 1;
  }

  /** The row, not yet corrected for the others. */
  ComparisonRow row(Scope scope, Score score, OptionalDouble baseline, OptionalDouble other) {
    double[] all = differences.build().toArray();
    Optional<PairedDifference> difference =
        all.length == 0 ? Optional.empty() : Optional.of(PairedDifference.of(all));
    boolean exact = binary && all.length > 0;
    double p =
        exact ? McNemar.p(raised, lowered) : difference.map(PairedDifference::p).orElse(Double.NaN);
    return new ComparisonRow(
        scope,
        score.metric(),
        score.filter(),
        score.higherIsBetter(),
        baseline,
        other,
        difference,
        exact,
        p,
        p,
        raised,
        lowered,
        onlyBaseline,
        onlyOther);
  }
}
