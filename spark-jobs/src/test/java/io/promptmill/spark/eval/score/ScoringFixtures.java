package io.promptmill.spark.eval.score;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.eval.task.FilterPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Cases that the original programs answered (src/test/python/make_scoring_fixtures.py). */
final class ScoringFixtures {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src", "test", "resources", "eval", "scoring");

  private ScoringFixtures() {}

  static Stream<JsonNode> lines(String name) throws IOException {
    return lines(FOLDER.resolve(name));
  }

  static Stream<JsonNode> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(ScoringFixtures::parse);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  static Object value(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  /** From objects as they stand in a task's file. */
  static FilterPipeline pipeline(String name, JsonNode steps) {
    List<FilterPipeline.Step> parsed = new ArrayList<>();
    for (JsonNode step : steps) {
      Map<String, Object> arguments = map(step);
      parsed.add(new FilterPipeline.Step((String) arguments.remove("function"), arguments));
    }
    return new FilterPipeline(name, parsed);
  }
}
