package io.promptmill.spark.eval.report.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.promptmill.spark.eval.report.run.RunFacts.TokenTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code results_<date>.json}; see {@code EvalResults} in lm_eval/result_schema.py. */
final class ResultsFile {
  private static final String STDERR = "_stderr,";

  private final Place place;
  private final JsonNode json;
  private final JsonNode own;

  ResultsFile(Place place, String text) {
    this.place = place;
    this.json = place.object(text);
    this.own = json.path("promptmill");
    place.objectAt(json, "results");
  }

  /** Names of tasks, without those of groups. */
  List<String> tasks() {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.path("results").properties()) {
      if (!isGroup(entry.getKey())) {
        names.add(entry.getKey());
      }
    }
    return names;
  }

  private boolean isGroup(String name) {
    return json.path("groups").has(name) || !json.path("group_subtasks").path(name).isEmpty();
  }

  List<GroupRun> groups() {
    List<GroupRun> groups = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.path("group_subtasks").properties()) {
      String name = entry.getKey();
      List<String> members = new ArrayList<>();
      entry.getValue().forEach(member -> members.add(member.asText()));
      if (isGroup(name)) {
        JsonNode group = json.path("groups").path(name);
        int items = group.path("sample_len").asInt();
        groups.add(new GroupRun(name, alias(name), items, members, scores(name)));
      }
    }
    return groups;
  }

  /** Tables indent aliases of subtasks with {@code " - "}. */
  String alias(String name) {
    String alias = json.path("results").path(name).path("alias").asText(name).strip();
    return alias.startsWith("- ") ? alias.substring(2).strip() : alias;
  }

  String version(String task) {
    return json.path("versions").path(task).asText("");
  }

  OptionalInt fewShot(String task) {
    return count(json.path("n-shot").path(task));
  }

  OptionalInt items(String task) {
    return count(json.path("n-samples").path(task).path("effective"));
  }

  /** A count of ours, absent in files of the harness. */
  OptionalInt ownCount(String task, String name) {
    return count(own.path("tasks").path(task).path(name));
  }

  private static OptionalInt count(JsonNode value) {
    return value.canConvertToInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  List<Score> scores(String name) {
    JsonNode values = json.path("results").path(name);
    List<Score> scores = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      int comma = entry.getKey().lastIndexOf(',');
      if (comma <= 0 || entry.getKey().contains(STDERR) || !entry.getValue().isNumber()) {
        continue;
      }
      String metric = entry.getKey().substring(0, comma);
      String filter = entry.getKey().substring(comma + 1);
      JsonNode better = json.path("higher_is_better").path(name).path(metric);
      scores.add(
          new Score(
              metric,
              filter,
              entry.getValue().doubleValue(),
              number(values.path(metric + STDERR + filter)),
              better.asBoolean(true)));
    }
    return scores;
  }

  RunFacts facts() {
    JsonNode config = json.path("config");
    return new RunFacts(
        first(json.path("model_name"), config.path("model")).orElse("model without name"),
        first(own.path("model_revision"), config.path("model_sha"), config.path("model_revision")),
        first(own.path("dtype"), config.path("model_dtype"))
            .map(dtype -> dtype.replace("torch.", "")),
        date(),
        seconds(),
        tokens(),
        own.isObject()
            ? "Promptmill " + own.path("version").asText("")
            : ("lm-evaluation-harness " + json.path("lm_eval_version").asText("")).strip());
  }

  private Optional<Instant> date() {
    OptionalDouble epoch = number(json.path("date"));
    return epoch.isPresent()
        ? Optional.of(Instant.ofEpochMilli(Math.round(epoch.getAsDouble() * 1000)))
        : Optional.empty();
  }

  /** The harness writes its time as text. */
  private OptionalDouble seconds() {
    if (own.path("seconds").isNumber()) {
      return number(own.path("seconds"));
    }
    JsonNode total = json.path("total_evaluation_time_seconds");
    return total.isMissingNode() || total.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(place.number(total, "total_evaluation_time_seconds"));
  }

  private Optional<TokenTotals> tokens() {
    JsonNode tokens = own.path("tokens");
    return tokens.isObject()
        ? Optional.of(
            new TokenTotals(
                tokens.path("asked").asLong(),
                tokens.path("prompt").asLong(),
                tokens.path("cached").asLong(),
                tokens.path("computed").asLong(),
                tokens.path("completion").asLong(),
                tokens.path("saved_fraction").asDouble()))
        : Optional.empty();
  }

  private static OptionalDouble number(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue())
        ? OptionalDouble.of(value.doubleValue())
        : OptionalDouble.empty();
  }

  private static Optional<String> first(JsonNode... values) {
    for (JsonNode value : values) {
      if (value.isTextual() && !value.textValue().isBlank()) {
        return Optional.of(value.textValue());
      }
    }
    return Optional.empty();
  }
}
