package io.promptmill.spark.eval.report.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.report.run.Sample.Failure;
import io.promptmill.spark.eval.report.run.Sample.Filtered;
import io.promptmill.spark.eval.report.run.Sample.Likelihood;
import io.promptmill.spark.eval.report.run.Sample.TokenCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of samples; see {@code save_results_samples} in lm_eval/loggers. */
final class SampleLine {
  /** With it the harness asks for each choice a second time, without the question. */
  private static final String MUTUAL_INFORMATION = "acc_mutual_info";

  private final Place place;
  private final JsonNode line;
  private final List<String> prompts = new ArrayList<>();
  private final List<String> continuations = new ArrayList<>();
  private final List<Likelihood> likelihoods = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private boolean generation;

  private SampleLine(Place place, JsonNode line) {
    this.place = place;
    this.line = line;
  }

  static Sample parse(Place place, JsonNode line) {
    return new SampleLine(place, line).parse();
  }

  private Sample parse() {
    Map<String, Double> metrics = metrics();
    JsonNode own = line.path("promptmill");
    requests(metrics.containsKey(MUTUAL_INFORMATION));
    if (own.path("error").isMissingNode() || own.path("error").isNull()) {
      answers();
    }
    return new Sample(
        place.countAt(line, "doc_id"),
        place.textAt(line, "doc_hash"),
        line.path("doc"),
        plain(line.path("target")),
        prompts.stream().distinct().count() == 1 ? List.of(prompts.get(0)) : List.copyOf(prompts),
        List.copyOf(continuations),
        List.copyOf(likelihoods),
        List.copyOf(texts),
        List.of(new Filtered(place.textAt(line, "filter"), filteredAnswer(), metrics)),
        tokens(own),
        failure(own.path("error")));
  }

  /** {@code {gen_args_0: {arg_0: context, arg_1: continuation or settings}, …}}. */
  private void requests(boolean mutualInformation) {
    JsonNode arguments = place.objectAt(line, "arguments");
    int count = mutualInformation ? arguments.size() / 2 : arguments.size();
    for (int i = 0; i < count; i++) {
      JsonNode request = place.objectAt(arguments, "gen_args_" + i);
      prompts.add(plain(request.path("arg_0")));
      JsonNode second = request.path("arg_1");
      if (second.isTextual()) {
        continuations.add(second.textValue());
      } else if (second.isObject()) {
        generation = true;
      }
    }
    if (prompts.isEmpty() || (!continuations.isEmpty() && continuations.size() != count)) {
      throw place.expected("requests of one kind in 'arguments'", arguments, null);
    }
  }

  /** A list for each request, with an entry for each repeat. */
  private void answers() {
    JsonNode responses = place.arrayAt(line, "resps");
    if (responses.size() < prompts.size()) {
      throw place.expected(prompts.size() + " lists in 'resps'", responses, null);
    }
    if (generation) {
      responses.path(0).forEach(text -> texts.add(plain(text)));
      return;
    }
    for (int i = 0; i < prompts.size(); i++) {
      JsonNode first = responses.path(i).path(0);
      boolean pair = first.isArray() && first.size() == 2;
      if (pair != !continuations.isEmpty()) {
        throw place.expected("[log-likelihood, greedy] in 'resps'", responses.path(i), null);
      }
      double sum = place.number(pair ? first.path(0) : first, "log-likelihood");
      likelihoods.add(new Likelihood(sum, pair && first.path(1).asText().equalsIgnoreCase("true")));
    }
  }

  private String filteredAnswer() {
    return generation ? plain(place.arrayAt(line, "filtered_resps").path(0)) : "";
  }

  private Map<String, Double> metrics() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (JsonNode name : place.arrayAt(line, "metrics")) {
      JsonNode value = line.path(name.asText());
      if (value.isMissingNode()) {
        throw place.expected("a value '" + name.asText() + "', named in 'metrics'", value, null);
      } else if (value.isNumber()) {
        values.put(name.asText(), value.doubleValue());
      } else if (value.isBoolean()) {
        values.put(name.asText(), value.booleanValue() ? 1.0 : 0.0);
      }
    }
    return values;
  }

  private Optional<TokenCounts> tokens(JsonNode own) {
    return own.isObject()
        ? Optional.of(
            new TokenCounts(
                own.path("prompt_tokens").asLong(),
                own.path("cached_tokens").asLong(),
                own.path("asked_tokens").asLong(),
                own.path("truncated_tokens").asLong(),
                own.path("completion_tokens").asLong()))
        : Optional.empty();
  }

  private static Optional<Failure> failure(JsonNode error) {
    return error.isObject()
        ? Optional.of(new Failure(error.path("category").asText(), error.path("message").asText()))
        : Optional.empty();
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.isMissingNode() ? "" : value.toString();
  }
}
