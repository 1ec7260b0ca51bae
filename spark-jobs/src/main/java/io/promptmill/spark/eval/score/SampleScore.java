package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.ItemOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One document through one filter pipeline.
 *
 * @param filter name of the pipeline
 * @param responses for each request its answers, one for each repeat: a text, a {@link
 *     io.promptmill.spark.eval.ModelAnswer.Likelihood}, or the log-likelihood of a whole text; none
 *     of an item that failed
 * @param filtered for each request what the pipeline made of them
 * @param values by metric; none of an item that failed, or that has no answer to compare with
 */
public record SampleScore(
    ItemOutcome outcome,
    String filter,
    List<List<Object>> responses,
    List<Object> filtered,
    Map<String, SampleValue> values) {
  public SampleScore {
    responses = List.copyOf(responses);
    filtered = Collections.unmodifiableList(new ArrayList<>(filtered));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
