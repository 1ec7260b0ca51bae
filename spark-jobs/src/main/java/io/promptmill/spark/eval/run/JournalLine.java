package io.promptmill.spark.eval.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** One answer as a line of JSON that shows damage: {@code {"crc32":"…","entry":{…}}}. */
final class JournalLine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINE =
      Pattern.compile("\\{\"crc32\":\"([0-9a-f]{8})\",\"entry\":(\\{.*})}", Pattern.DOTALL);

  /** Exactly one of the two answers is there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Entry(String key, Answer.Scores scores, Answer.Texts texts) {}

  private JournalLine() {}

  /**
   * @throws IllegalArgumentException if the answer is a failure, which is asked again
   */
  static String write(KeyedAnswer keyed) {
    Entry entry;
    if (keyed.answer() instanceof Answer.Scores scores) {
      entry = new Entry(keyed.key(), scores, null);
    } else if (keyed.answer() instanceof Answer.Texts texts) {
      entry = new Entry(keyed.key(), null, texts);
    } else {
      throw new IllegalArgumentException(keyed + " is no answer to keep");
    }
    try {
      String json = JSON.writeValueAsString(entry);
      return "{\"crc32\":\"" + checksum(json) + "\",\"entry\":" + json + "}";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of plain values does not become JSON", e);
    }
  }

  /**
   * @throws IllegalArgumentException if the line is cut off or changed
   */
  static KeyedAnswer read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is cut off or no line of this file's form");
    }
    String json = matcher.group(2);
    if (!checksum(json).equals(matcher.group(1))) {
      throw new IllegalArgumentException("its checksum does not fit its content");
    }
    try {
      Entry entry = JSON.readValue(json, Entry.class);
      return new KeyedAnswer(entry.key, entry.scores == null ? entry.texts : entry.scores);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static String checksum(String json) {
    CRC32 crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
