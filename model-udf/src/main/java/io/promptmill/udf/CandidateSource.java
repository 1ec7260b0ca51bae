package io.promptmill.udf;

import java.io.Serializable;
import java.util.List;

/** Where a row's continuations to score come from. */
public sealed interface CandidateSource extends Serializable {

  /** The same candidates for every row. */
  record Fixed(List<String> candidates) implements CandidateSource {
    public Fixed {
      candidates = List.copyOf(candidates);
    }
  }

  /** Text columns, one candidate each, in this order. */
  record Columns(List<String> columns) implements CandidateSource {
    public Columns {
      columns = List.copyOf(columns);
    }
  }

  /** A column that holds an array of texts. */
  record ListColumn(String column) implements CandidateSource {}

  /**
   * No candidates: the prompt itself is scored as a whole, with rolling windows where it is longer
   * than the model takes.
   */
  record WholeText() implements CandidateSource {}
}
