package io.promptmill.spark.eval.report.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One document with what was asked and answered, over all filters.
 *
 * @param docId index in the task's split
 * @param docHash digest of the document
 * @param doc the document
 * @param target the right answer: index of a choice, or text
 * @param prompts one context, or one for each continuation where they differ
 * @param continuations texts that were scored; empty for generation and for whole texts
 * @param likelihoods one for each continuation, or one of a whole text
 * @param texts generated, one for each repeat
 * @param filtered in the file's order
 * @param tokens what it cost, where the file says
 * @param error why the item failed
 */
public record Sample(
    int docId,
    String docHash,
    JsonNode doc,
    String target,
    List<String> prompts,
    List<String> continuations,
    List<Likelihood> likelihoods,
    List<String> texts,
    List<Filtered> filtered,
    Optional<TokenCounts> tokens,
    Optional<Failure> error) {

  /**
   * @param sum in nats
   */
  public record Likelihood(double sum, boolean greedy) {}

  /**
   * One filter's view.
   *
   * @param answer text that metrics saw; empty for scored continuations
   * @param metrics values by name; those that are not one number are left out
   */
  public record Filtered(String filter, String answer, Map<String, Double> metrics) {}

  public record TokenCounts(
      long prompt, long cached, long asked, long truncated, long completion) {}

  public record Failure(String category, String message) {}

  /** Whether continuations were to be told apart. */
  public boolean isChoice() {
    return continuations.size() > 1 && likelihoods.size() == continuations.size();
  }

  /** The value of a metric, where the item has it. */
  public OptionalDouble value(String metric, String filter) {
    for (Filtered view : filtered) {
      Double value = view.metrics().get(metric);
      if (value != null && view.filter().equals(filter)) {
        return OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }
}
