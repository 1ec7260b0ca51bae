package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filters that choose among a document's answers. */
final class SelectionFilters {
  private SelectionFilters() {}

  /** Leaves the first answer alone. */
  static Filter takeFirst(Arguments arguments) {
    return (answers, document) -> {
      List<?> elements = Filter.elements(answers);
      if (elements.isEmpty()) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID, "filter 'take_first': expected an answer, found none");
      }
      return elements.get(0);
    };
  }

  /** Leaves the first k answers. */
  static Filter takeFirstK(Arguments arguments) {
    int k = arguments.required("k");
    return (answers, document) -> {
      List<?> elements = Filter.elements(answers);
      if (elements.size() < k) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "filter 'take_first_k': expected at least %d answers of each document, found %d; raise repeats"
                .formatted(k, elements.size()));
      }
      return new ArrayList<>(elements.subList(0, k));
    };
  }

  /** Leaves the most frequent answer, of equally frequent ones the first. */
  static Filter majorityVote(Arguments arguments) {
    return (answers, document) -> {
      Map<Object, Integer> votes = new LinkedHashMap<>();
      for (Object answer : Filter.elements(answers)) {
        votes.merge(answer, 1, Integer::sum);
      }
      List<Object> elected = new ArrayList<>();
      int most = 0;
      for (Map.Entry<Object, Integer> vote : votes.entrySet()) {
        if (vote.getValue() > most) {
          most = vote.getValue();
          elected.clear();
          elected.add(vote.getKey());
        }
      }
      return elected;
    };
  }
}
