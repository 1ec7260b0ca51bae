package io.promptmill.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Files under {@code src/test/resources/text} and, where present, the shared folder. */
public final class TextFixtures {

  static final String BOS = "<｜begin▁of▁sentence｜>";
  static final String EOS = "<｜end▁of▁sentence｜>";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TextFixtures() {}

  static ByteLevelBpe tokenizer() {
    return TokenizerJson.parse(
        read("tokenizer/tokenizer.json"),
        Optional.of(read("tokenizer/tokenizer_config.json")),
        "fixture");
  }

  public static String read(String name) {
    try (InputStream in = TextFixtures.class.getResourceAsStream("/text/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonNode> lines(String name) {
    return json(read(name).lines().toList());
  }

  public static List<JsonNode> lines(Path file) {
    try {
      return json(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the shared folder; skips the test where it is not there. */
  static Path shared(String name) {
    String folder = System.getProperty("promptmill.shared", "");
    Path file = Path.of(folder, name);
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.exists(file), () -> "needs the optional shared file " + file);
    return file;
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }

  private static List<JsonNode> json(List<String> lines) {
    List<JsonNode> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(parse(line)));
    return rows;
  }
}
