package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.statistic.PairedDifference;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of one task or group in two runs.
 *
 * @param baseline the first run's score in its file
 * @param other the second run's
 * @param difference other minus baseline over paired items; empty without pairs
 * @param isExact whether {@code p} is McNemar's exact test, for values of 0 and 1; else it is the
 *     paired t-test's
 * @param p two-sided, NaN where there is none
 * @param adjusted p after Holm's correction over all rows of tasks, or all rows of groups
 * @param raised pairs whose value is higher in the other run
 * @param lowered pairs whose value is lower in the other run
 * @param onlyBaseline items that only the baseline has a value for
 * @param onlyOther items that only the other run has a value for
 */
public record ComparisonRow(
    Scope scope,
    String metric,
    String filter,
    boolean higherIsBetter,
    OptionalDouble baseline,
    OptionalDouble other,
    Optional<PairedDifference> difference,
    boolean isExact,
    double p,
    double adjusted,
    int raised,
    int lowered,
    int onlyBaseline,
    int onlyOther) {

  ComparisonRow withAdjusted(double value) {
    return new ComparisonRow(
        scope,
        metric,
        filter,
        higherIsBetter,
        baseline,
        other,
        difference,
        isExact,
        p,
        value,
        raised,
        lowered,
        onlyBaseline,
        onlyOther);
  }

  public int pairs() {
    return difference.map(PairedDifference::pairs).orElse(0);
  }
}
