package io.promptmill.spark.classification;

import io.promptmill.udf.ResultSchemas;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The model's scores for a part of a row.
 *
 * @param struct as {@link ResultSchemas} has it
 */
record Scores(Row struct) {

  static Scores of(Row part) {
    return new Scores(part.getAs(ResultSchemas.SCORES));
  }

  /** {@code {category, message}}; null where the part succeeded. */
  Row error() {
    return struct.getAs("error");
  }

  /** Each candidate's share in the probability of all. */
  double[] probabilities() {
    return Probabilities.of(loglikelihoods());
  }

  /** As {@link #probabilities}, for candidates of which some begin others. */
  double[] probabilitiesOfNested(List<String> candidates) {
    List<double[]> tokens = new ArrayList<>();
    for (Object ofCandidate :
        CollectionConverters.asJava(struct.<Iterable<?>>getAs("token_logprobs"))) {
      tokens.add(doubles((Iterable<?>) ofCandidate));
    }
    return Probabilities.ofNested(candidates, loglikelihoods(), tokens);
  }

  private double[] loglikelihoods() {
    return doubles(struct.getAs("loglikelihoods"));
  }

  private static double[] doubles(Iterable<?> values) {
    List<Double> numbers = new ArrayList<>();
    CollectionConverters.asJava(values)
        .forEach(value -> numbers.add(((Number) value).doubleValue()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  int promptTokens() {
    return struct.<Integer>getAs("prompt_tokens");
  }

  int cachedTokens() {
    return struct.<Integer>getAs("cached_tokens");
  }

  int truncatedTokens() {
    return struct.<Integer>getAs("truncated_tokens");
  }

  String revision() {
    return struct.getAs("model_revision");
  }
}
