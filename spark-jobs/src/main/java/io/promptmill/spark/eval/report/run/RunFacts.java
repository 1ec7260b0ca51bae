package io.promptmill.spark.eval.report.run;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What ran.
 *
 * @param model name or location of the checkpoint
 * @param revision digest or commit of the checkpoint
 * @param dtype type of its products
 * @param date start
 * @param seconds wall time
 * @param tokens what it cost; files of the harness do not say
 * @param madeBy program and version
 */
public record RunFacts(
    String model,
    Optional<String> revision,
    Optional<String> dtype,
    Optional<Instant> date,
    OptionalDouble seconds,
    Optional<TokenTotals> tokens,
    String madeBy) {

  /**
   * @param asked tokens that a run without sharing feeds to the model, one pass per candidate
   * @param prompt tokens of contexts
   * @param cached those of them whose latents were there
   * @param computed tokens that went through the model
   * @param completion tokens drawn
   * @param savedFraction share of {@code asked} that was not computed
   */
  public record TokenTotals(
      long asked, long prompt, long cached, long computed, long completion, double savedFraction) {}
}
