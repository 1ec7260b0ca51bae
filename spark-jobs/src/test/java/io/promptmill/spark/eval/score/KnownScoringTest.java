package io.promptmill.spark.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.task.FilterPipeline;
import io.promptmill.spark.eval.task.MetricDefinition;
import io.promptmill.spark.eval.task.OutputType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownScoringTest {
  private final KnownScoring scoring = new KnownScoring();

  @Test
  void anUnknownFilterIsToldTheKnownOnes() {
    assertThat(filter("take_frist", Map.of()).orElseThrow())
        .isEqualTo(
            "unknown filter 'take_frist' (did you mean 'take_first'?); known are lowercase,"
                + " majority_vote, map, multi_choice_regex, regex, regex_pos,"
                + " remove_whitespace, take_first, take_first_k, uppercase");
  }

  @Test
  void anUnknownArgumentIsToldTheKnownOnes() {
    assertThat(filter("regex", Map.of("patern", "x")).orElseThrow())
        .startsWith("filter 'regex' knows no argument 'patern'")
        .endsWith("it takes regex_pattern, group_select, fallback");
    assertThat(filter("take_first", Map.of("k", 1)).orElseThrow()).endsWith("it takes none");
  }

  @Test
  void aMissingArgumentAndAWrongTypeAreNamed() {
    assertThat(filter("take_first_k", Map.of()))
        .hasValue("filter 'take_first_k' needs the argument 'k'");
    assertThat(filter("take_first_k", Map.of("k", 0)))
        .hasValue("filter 'take_first_k': expected k to be at least 1, found 0");
    assertThat(filter("regex", Map.of("group_select", "last")))
        .hasValue("filter 'regex': expected group_select to be an integer, found last");
  }

  @Test
  void aPatternThatCannotBeReadIsQuoted() {
    assertThat(filter("regex", Map.of("regex_pattern", "a(b")).orElseThrow())
        .startsWith("filter 'regex', regex_pattern: pattern 'a(b': ");
    assertThat(
            metric("exact_match", "mean", Map.of("regexes_to_ignore", List.of("\\q")))
                .orElseThrow())
        .isEqualTo(
            "metric 'exact_match', regexes_to_ignore: pattern '\\q': bad escape \\q near index 0");
  }

  @Test
  void anUnknownMetricIsToldTheKnownOnes() {
    assertThat(metric("exact_mach", "mean", Map.of()).orElseThrow())
        .startsWith("unknown metric 'exact_mach' (did you mean 'exact_match'?); known are acc, ")
        .contains("bleu, byte_perplexity, chrf, chrf++");
  }

  @Test
  void aMetricOfAnotherKindOfTaskIsRefused() {
    assertThat(metric("acc_norm", "mean", Map.of()))
        .hasValue(
            "metric 'acc_norm' is not defined for generate_until tasks; it is for multiple_choice");
  }

  @Test
  void anAggregationThatDoesNotFitIsToldThoseThatDo() {
    assertThat(metric("exact_match", "bleu", Map.of()))
        .hasValue(
            "metric 'exact_match' has no aggregation 'bleu'; it can have mean, median, perplexity");
  }

  @Test
  void whatIsKnownHasNoProblem() {
    assertThat(filter("regex", Map.of("regex_pattern", "(a)", "group_select", -1))).isEmpty();
    assertThat(metric("exact_match", "mean", Map.of("ignore_case", true))).isEmpty();
    assertThat(metric("bleu", "bleu", Map.of("tokenize", "zh"))).isEmpty();
    assertThat(metric("bleu", "bleu", Map.of("tokenize", "ja-mecab")).orElseThrow())
        .endsWith("known are 13a, zh, char, none");
  }

  @Test
  void defaultsAreTheMetricsOwn() {
    assertThat(scoring.defaults("word_perplexity"))
        .hasValue(new MetricDefinition("word_perplexity", "weighted_perplexity", false, Map.of()));
    assertThat(scoring.defaults("nothing")).isEmpty();
  }

  private Optional<String> filter(String name, Map<String, Object> arguments) {
    return scoring.problem(new FilterPipeline.Step(name, arguments));
  }

  private Optional<String> metric(String name, String aggregation, Map<String, Object> arguments) {
    return scoring.problem(
        new MetricDefinition(name, aggregation, true, arguments), OutputType.GENERATE_UNTIL);
  }
}
