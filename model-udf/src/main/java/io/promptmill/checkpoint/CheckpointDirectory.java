package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A checkpoint in the layout that Hugging Face publishes: {@code config.json}, optionally {@code
 * generation_config.json} and tokenizer files, and safetensors weights. Thread-safe.
 */
public final class CheckpointDirectory implements AutoCloseable {
  /** Far above the largest published {@code tokenizer.json}. */
  static final int MAX_TEXT_BYTES = 256 << 20;

  private final CheckpointFiles files;
  private final HfConfig config;
  private final Optional<HfConfig> generationConfig;
  private final ShardedWeights weights;
  private final String revision;

  private CheckpointDirectory(CheckpointFiles files) {
    this.files = files;
    this.config =
        object(files, HfConfig.CONFIG)
            .orElseThrow(
                () ->
                    new PromptmillException(
                        ErrorCode.CHECKPOINT_INVALID,
                        files.uri()
                            + ": expected the file "
                            + HfConfig.CONFIG
                            + ", found none"
                            + EmbeddedModels.hint()));
    this.generationConfig = object(files, HfConfig.GENERATION_CONFIG);
    this.weights = ShardedWeights.open(files);
    this.revision = Revision.of(files, weights.shards());
  }

  /**
   * Reads config and headers and checks them; reads no weights.
   *
   * @param nameOrUri name of an embedded checkpoint ({@code demo}), folder in any Hadoop file
   *     system, a plain path (in Hadoop's default file system), or {@code classpath:folder}
   * @param conf finds and configures the file system
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the URI names no folder;
   *     with {@link ErrorCode#CHECKPOINT_INVALID} if a file is missing, malformed or contradicts
   *     another
   */
  public static CheckpointDirectory open(String nameOrUri, Configuration conf) {
    String uri = EmbeddedModels.resolve(nameOrUri);
    CheckpointFiles files =
        uri.startsWith(ClasspathFolder.SCHEME)
            ? ClasspathFolder.open(uri)
            : HadoopFolder.open(uri, conf);
    try {
      return new CheckpointDirectory(files);
    } catch (RuntimeException e) {
      try {
        files.close();
      } catch (IOException close) {
        e.addSuppressed(close);
      }
      throw e;
    }
  }

  /** The checkpoint's {@code config.json}. */
  public HfConfig config() {
    return config;
  }

  /** The checkpoint's {@code generation_config.json}. */
  public Optional<HfConfig> generationConfig() {
    return generationConfig;
  }

  /**
   * A text file of the checkpoint, such as {@code tokenizer.json}; empty if there is none.
   *
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if it is not UTF-8
   */
  public Optional<String> text(String fileName) {
    return text(files, fileName);
  }

  /** The tensors; closed with this directory. */
  public WeightSource weights() {
    return weights;
  }

  /**
   * Tells checkpoints apart: 32 hexadecimal digits over the content of config and tokenizer files
   * and over sizes and headers of the weights, not over the weights' values.
   */
  public String revision() {
    return revision;
  }

  /** The qualified URI. */
  public String uri() {
    return files.uri();
  }

  private static Optional<String> text(CheckpointFiles files, String name) {
    return files.content(name, MAX_TEXT_BYTES).map(bytes -> StrictJson.utf8(bytes, name));
  }

  private static Optional<HfConfig> object(CheckpointFiles files, String name) {
    return text(files, name).map(json -> HfConfig.parse(json, name));
  }

  @Override
  public void close() {
    weights.close();
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
