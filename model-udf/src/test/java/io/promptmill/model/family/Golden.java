package io.promptmill.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.checkpoint.CheckpointDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A checkpoint with what the original implementation computes from it.
 *
 * @param directory checkpoint
 * @param expected folder of {@code expected.json} and {@code expected.safetensors}
 */
record Golden(String directory, Path expected) {
  private static final Path SHIPPED = Path.of("src/test/resources/golden");

  /** Fixtures that the project ships. */
  static List<Golden> shipped() {
    return Stream.of("v2-lite", "v2-full", "v2-plain")
        .map(SHIPPED::resolve)
        .map(Golden::of)
        .toList();
  }

  /** Fixtures beside the project, where it stands in its workshop; none elsewhere. */
  static List<Golden> shared() {
    Path models = Path.of(System.getProperty("promptmill.shared", "none"), "goldens", "models");
    return Stream.of("v2-lite-tiny", "v2-full-tiny", "v2-norope-scaling-tiny")
        .map(models::resolve)
        .filter(Files::isDirectory)
        .map(Golden::of)
        .toList();
  }

  /** What the original implementation computes from the trained model that the artifact carries. */
  static Golden demo() {
    return new Golden("demo", SHIPPED.resolve("demo"));
  }

  static List<Golden> all() {
    return Stream.of(shipped(), List.of(demo()), shared()).flatMap(List::stream).toList();
  }

  private static Golden of(Path folder) {
    return new Golden(folder.toUri().toString(), folder);
  }

  CheckpointDirectory open() {
    return CheckpointDirectory.open(directory, new Configuration());
  }

  List<int[]> prompts() {
    return arrays("prompts");
  }

  /** Continuations that ignore EOS. */
  List<int[]> greedy() {
    return arrays("greedy_ignore_eos");
  }

  /** Largest difference of the reference's own bfloat16 logits for each prompt. */
  List<Double> referenceBfloat16Differences() {
    List<Double> values = new ArrayList<>();
    json().get("reference_bf16_max_abs_diff").forEach(value -> values.add(value.doubleValue()));
    return values;
  }

  private List<int[]> arrays(String key) {
    List<int[]> arrays = new ArrayList<>();
    for (JsonNode array : json().get(key)) {
      int[] values = new int[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).intValue();
      }
      arrays.add(values);
    }
    return arrays;
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(expected.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A tensor of {@code expected.safetensors}, float32, row-major. */
  float[] tensor(String name) {
    Path file = expected.resolve("expected.safetensors");
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      all.order(ByteOrder.LITTLE_ENDIAN);
      int headerBytes = (int) all.getLong(0);
      byte[] header = new byte[headerBytes];
      all.get(Long.BYTES, header);
      JsonNode offsets = new ObjectMapper().readTree(header).get(name).get("data_offsets");
      int base = Long.BYTES + headerBytes;
      int from = base + offsets.get(0).intValue();
      int to = base + offsets.get(1).intValue();
      FloatBuffer floats =
          all.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return expected.getFileName().toString();
  }
}
