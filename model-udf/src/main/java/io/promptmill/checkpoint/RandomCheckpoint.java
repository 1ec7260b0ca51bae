package io.promptmill.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a random bf16 checkpoint in the published layout, for benchmarks: the work of a model does
 * not depend on what its weights say. Equal config and seed give equal bytes. Memory stays below a
 * few MiB whatever the size.
 */
public final class RandomCheckpoint {
  private static final String V2_LITE = "/promptmill/benchmark/deepseek-v2-lite.json";
  private static final long SHARD_BYTES = 1_500_000_000;
  private static final int CHUNK_BYTES = 1 << 20;

  private final FileSystem fileSystem;
  private final Path folder;
  private final long seed;
  private final Map<List<Double>, RandomBf16> tables = new HashMap<>();
  private final byte[] chunk = new byte[CHUNK_BYTES];

  private RandomCheckpoint(FileSystem fileSystem, Path folder, long seed) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.seed = seed;
  }

  /** The config of DeepSeek-V2-Lite with another number of layers; the first one is dense. */
  public static HfConfig deepseekV2Lite(int layers) {
    try (InputStream resource = RandomCheckpoint.class.getResourceAsStream(V2_LITE)) {
      String json = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      return HfConfig.parse(json, V2_LITE).with("num_hidden_layers", layers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes {@code config.json}, the index and shards of about 1.5 GB. No tokenizer.
   *
   * @param uri folder of any Hadoop file system, created if absent
   * @param config of {@code DeepseekV2ForCausalLM}
   * @return bytes of all tensors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the folder cannot be
   *     written or already has such files; with {@link ErrorCode#CHECKPOINT_INVALID} if a field of
   *     the config is missing or of the wrong type
   */
  public static long write(String uri, Configuration conf, HfConfig config, long seed) {
    return write(uri, conf, config, seed, SHARD_BYTES);
  }

  static long write(String uri, Configuration conf, HfConfig config, long seed, long shardBytes) {
    List<List<RandomTensor>> shards = shards(RandomDeepseekV2.tensors(config), shardBytes);
    FileSystem fileSystem = HadoopFolder.fileSystem(uri, conf);
    try {
      Path folder = new Path(uri);
      fileSystem.mkdirs(folder);
      return new RandomCheckpoint(fileSystem, folder, seed).write(config, shards);
    } catch (IOException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "checkpoint " + uri + ": expected a folder to write to, found " + e,
          e);
    }
  }

  private static List<List<RandomTensor>> shards(List<RandomTensor> tensors, long limit) {
    List<List<RandomTensor>> shards = new ArrayList<>();
    long size = limit;
    for (RandomTensor tensor : tensors) {
      long bytes = tensor.stored().bytes();
      if (size + bytes > limit) {
        shards.add(new ArrayList<>());
        size = 0;
      }
      shards.get(shards.size() - 1).add(tensor);
      size += bytes;
    }
    return shards;
  }

  private long write(HfConfig config, List<List<RandomTensor>> shards) throws IOException {
    ObjectNode index = StrictJson.MAPPER.createObjectNode();
    ObjectNode metadata = index.putObject("metadata");
    ObjectNode shardOf = index.putObject("weight_map");
    long total = 0;
    for (int i = 0; i < shards.size(); i++) {
      String name =
          String.format(Locale.ROOT, "model-%05d-of-%06d.safetensors", i + 1, shards.size());
      total += writeShard(name, shards.get(i));
      shards.get(i).forEach(tensor -> shardOf.put(tensor.name(), name));
    }
    metadata.put("total_size", total);
    writeText(ShardIndex.NAME, index.toPrettyString());
    // Last, so that an interrupted run leaves nothing that opens.
    writeText(HfConfig.CONFIG, config.toJson());
    return total;
  }

  private long writeShard(String name, List<RandomTensor> tensors) throws IOException {
    List<SafetensorsWriter.Tensor> stored = tensors.stream().map(RandomTensor::stored).toList();
    try (SafetensorsWriter writer = new SafetensorsWriter(create(name), stored)) {
      for (RandomTensor tensor : tensors) {
        writeBody(writer, tensor);
      }
    }
    return stored.stream().mapToLong(SafetensorsWriter.Tensor::bytes).sum();
  }

  private void writeBody(SafetensorsWriter writer, RandomTensor tensor) throws IOException {
    RandomBf16 values =
        tables.computeIfAbsent(
            List.of(tensor.mean(), tensor.deviation()),
            key -> new RandomBf16(tensor.mean(), tensor.deviation()));
    SplittableRandom random = new SplittableRandom(31 * seed + tensor.name().hashCode());
    long missing = tensor.stored().bytes();
    while (missing > 0) {
      values.fill(random, chunk);
      int length = (int) Math.min(missing, chunk.length);
      writer.write(chunk, length);
      missing -= length;
    }
  }

  private void writeText(String name, String text) throws IOException {
    try (OutputStream out = create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private OutputStream create(String name) throws IOException {
    // Published checkpoints have no Hadoop checksum files beside them.
    FileSystem plain =
        fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    return plain.create(new Path(folder, name), false);
  }
}
