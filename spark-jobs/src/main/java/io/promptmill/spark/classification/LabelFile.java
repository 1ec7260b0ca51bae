package io.promptmill.spark.classification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.io.YamlText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Labels in a file: JSON lines, a JSON array, CSV with a header or a YAML list, by the name's
 * extension. A label has a {@code name} and, if it likes, a {@code description} and an {@code
 * answer}.
 */
final class LabelFile {
  private static final List<String> FIELDS = List.of("name", "description", "answer");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader LINE =
      JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Jackson's own place in the text, which names no source. */
  private static final Pattern JACKSON_PLACE =
      Pattern.compile("\\s*(\\(start marker at )?\\[Source: [^]]*]\\)?");

  private final String file;

  private LabelFile(String file) {
    this.file = file;
  }

  /**
   * @param option that named the file
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} that names file and line
   */
  static List<Label> parse(Location location, String option) {
    return parse(location.path().toString(), location.text(option));
  }

  static List<Label> parse(String file, String text) {
    LabelFile labels = new LabelFile(file);
    String content = text.startsWith("\ufeff") ? text.substring(1) : text; // Excel begins so
    String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "jsonl", "ndjson" -> labels.jsonLines(content);
      case "json" ->
          content.stripLeading().startsWith("[")
              ? labels.jsonArray(content)
              : labels.jsonLines(content);
      case "csv" -> labels.csv(content);
      case "yaml", "yml" -> labels.yaml(content);
      default ->
          throw new PromptmillException(
              ErrorCode.OPTION_INVALID,
              "--labels: expected a file that ends in .jsonl, .json, .csv or .yaml, found '"
                  + file
                  + "'");
    };
  }

  private List<Label> jsonLines(String text) {
    List<Label> labels = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        labels.add(json(i + 1, LINE.readTree(lines.get(i))));
      } catch (JsonProcessingException e) {
        throw notJson(i + 1, "a JSON object", e);
      }
    }
    return labels;
  }

  private List<Label> jsonArray(String text) {
    List<Label> labels = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = parser.currentTokenLocation().getLineNr();
        labels.add(json(line, parser.readValueAsTree()));
      }
      if (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        throw failure(line, "expected one JSON array, found more after it", null);
      }
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation().getLineNr(), "a JSON array", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
    return labels;
  }

  private Label json(int line, JsonNode object) {
    if (!object.isObject()) {
      throw failure(line, "expected a JSON object, found " + object, null);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isTextual() && !field.getValue().isNull()) {
        throw failure(line, field.getKey() + ": expected a text, found " + field.getValue(), null);
      }
      fields.put(field.getKey(), field.getValue().asText(""));
    }
    return label(line, fields);
  }

  private PromptmillException notJson(int line, String expected, JsonProcessingException e) {
    String problem = JACKSON_PLACE.matcher(e.getOriginalMessage()).replaceAll("");
    return failure(line, "expected " + expected + ", found: " + problem, e);
  }

  private List<Label> csv(String text) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();
    List<Label> labels = new ArrayList<>();
    int line = 1;
    try (CSVParser records = format.parse(new StringReader(text))) {
      line = after(records);
      for (CSVRecord record : records) {
        if (!record.isConsistent()) {
          throw failure(
              line,
              "expected %d fields, found %d"
                  .formatted(records.getHeaderNames().size(), record.size()),
              null);
        }
        labels.add(label(line, record.toMap()));
        line = after(records);
      }
    } catch (UncheckedIOException e) {
      throw notCsv(line, e.getCause());
    } catch (IOException | IllegalArgumentException e) {
      throw notCsv(line, e);
    }
    return labels;
  }

  /** Line at which the next record begins. */
  private static int after(CSVParser records) {
    return (int) records.getCurrentLineNumber() + 1;
  }

  private PromptmillException notCsv(int line, Exception e) {
    return failure(line, "expected CSV with a header, found: " + e.getMessage(), e);
  }

  private List<Label> yaml(String text) {
    Node root = YamlText.root("--labels: " + file, text).orElse(null);
    if (!(root instanceof SequenceNode list)) {
      throw failure(root == null ? 1 : YamlText.line(root), "expected a list of labels", null);
    }
    List<Label> labels = new ArrayList<>();
    for (Node entry : list.getValue()) {
      if (entry instanceof ScalarNode name) {
        labels.add(label(YamlText.line(entry), Map.of("name", name.getValue())));
      } else if (entry instanceof MappingNode mapping) {
        labels.add(label(YamlText.line(entry), fields(mapping)));
      } else {
        throw failure(
            YamlText.line(entry), "expected a name, or name, description and answer", null);
      }
    }
    return labels;
  }

  private Map<String, String> fields(MappingNode mapping) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (NodeTuple field : mapping.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode name)
          || !(field.getValueNode() instanceof ScalarNode value)) {
        throw failure(YamlText.line(field.getKeyNode()), "expected a key with a text", null);
      }
      fields.put(name.getValue(), value.getValue());
    }
    return fields;
  }

  private Label label(int line, Map<String, String> fields) {
    for (String field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw failure(
            line,
            "expected name, description and answer, found '%s'%s"
                .formatted(field, NearestName.hint(field, FIELDS)),
            null);
      }
    }
    String name = WhiteSpace.strip(fields.getOrDefault("name", ""));
    if (name.isEmpty()) {
      throw failure(line, "expected a label's name, found none", null);
    }
    String answer = WhiteSpace.strip(fields.getOrDefault("answer", ""));
    return new Label(
        name,
        WhiteSpace.strip(fields.getOrDefault("description", "")),
        answer.isEmpty() ? name : answer);
  }

  private PromptmillException failure(int line, String problem, Exception cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "--labels: %s:%d: %s".formatted(file, line, problem), cause);
  }
}
