package io.promptmill.spark.eval.task;

import io.promptmill.spark.eval.Document;
import java.util.List;

/**
 * Where examples come from.
 *
 * @param split of the data set; ignored where samples are given
 * @param sampler {@code first_n} or {@code default}, which draws as CPython does
 * @param samples fixed examples of the file itself; empty takes the split
 */
public record FewShotDefinition(String split, String sampler, List<Document> samples) {
  public FewShotDefinition {
    samples = List.copyOf(samples);
  }
}
