package io.promptmill.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.FileSystem;

/**
 * A small valid checkpoint in memory, file by file, which tests may damage before they write it.
 */
final class TinyCheckpoint {
  static final String FIRST = "model-00001-of-000002.safetensors";
  static final String SECOND = "model-00002-of-000002.safetensors";

  /** Longer than one piece of a parallel read, and not a multiple of it. */
  static final SafetensorsWriter.Tensor LARGE =
      new SafetensorsWriter.Tensor("large", DType.BF16, List.of(4_500_000L));

  static final SafetensorsWriter.Tensor SMALL =
      new SafetensorsWriter.Tensor("small", DType.F32, List.of(3L, 5L));
  static final SafetensorsWriter.Tensor HALF =
      new SafetensorsWriter.Tensor("half", DType.F16, List.of(7L));
  static final SafetensorsWriter.Tensor SCALAR =
      new SafetensorsWriter.Tensor("scalar", DType.F32, List.of());
  static final List<SafetensorsWriter.Tensor> TENSORS = List.of(LARGE, SMALL, HALF, SCALAR);

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  static TinyCheckpoint single() {
    return new TinyCheckpoint()
        .with("config.json", "{\"architectures\": [\"TinyForCausalLM\"], \"hidden_size\": 5}")
        .with("tokenizer.json", "{\"model\": \"größer\"}")
        .with("model.safetensors", safetensors(SMALL, HALF, SCALAR));
  }

  static TinyCheckpoint sharded() {
    return single()
        .without("model.safetensors")
        .with("generation_config.json", "{\"eos_token_id\": [1, 2]}")
        .with(FIRST, safetensors(LARGE, SMALL))
        .with(SECOND, safetensors(HALF, SCALAR))
        .with(
            ShardIndex.NAME,
            index(Map.of("large", FIRST, "small", FIRST, "half", SECOND, "scalar", SECOND)));
  }

  TinyCheckpoint with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  TinyCheckpoint with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  TinyCheckpoint without(String name) {
    files.remove(name);
    return this;
  }

  byte[] file(String name) {
    return files.get(name);
  }

  Path writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  void writeTo(FileSystem fileSystem, org.apache.hadoop.fs.Path folder) throws IOException {
    fileSystem.mkdirs(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (OutputStream out =
          fileSystem.create(new org.apache.hadoop.fs.Path(folder, file.getKey()))) {
        out.write(file.getValue());
      }
    }
  }

  /** The stored bytes of a tensor: random, from its name. */
  static byte[] body(SafetensorsWriter.Tensor tensor) {
    byte[] body = new byte[(int) tensor.bytes()];
    new SplittableRandom(tensor.name().hashCode()).nextBytes(body);
    return body;
  }

  static byte[] safetensors(SafetensorsWriter.Tensor... tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SafetensorsWriter writer = new SafetensorsWriter(bytes, List.of(tensors))) {
      for (SafetensorsWriter.Tensor tensor : tensors) {
        byte[] body = body(tensor);
        writer.write(body, body.length);
      }
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static String index(Map<String, String> shardOf) {
    return StrictJson.MAPPER
        .createObjectNode()
        .setAll(Map.of("weight_map", StrictJson.MAPPER.valueToTree(shardOf)))
        .toString();
  }
}
