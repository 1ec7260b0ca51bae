package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a published checkpoint: {@code model.safetensors} if there is one, else the shards
 * of {@code model.safetensors.index.json}. All headers are read and checked at opening, bodies when
 * asked for.
 *
 * <p>Reads are cut into pieces of {@value #PIECE_BYTES} bytes, {@value #THREADS} of which are in
 * flight, each on a stream of its own. Beside the targets this takes at most {@value #THREADS} heap
 * buffers of one piece, and none where the file system reads into direct memory ({@code file:},
 * {@code hdfs:}). Positions and limits of the targets stay as they are.
 */
final class ShardedWeights implements WeightSource {
  static final String SINGLE_FILE = "model.safetensors";
  static final int PIECE_BYTES = 8 << 20;
  static final int THREADS = 8;

  private static final int MAX_INDEX_BYTES = 100_000_000;

  private final String uri;
  private final ParallelReads threads;
  private final List<SafetensorsFile> shards;
  private final Map<String, CheckpointFile> files = new HashMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private ShardedWeights(String uri, ParallelReads threads, List<SafetensorsFile> shards) {
    this.uri = uri;
    this.threads = threads;
    this.shards = shards;
    for (SafetensorsFile shard : shards) {
      files.put(shard.file().name(), shard.file());
      for (TensorEntry entry : shard.tensors()) {
        TensorEntry other = entries.put(entry.name(), entry);
        if (other != null) {
          throw invalid(
              entry.file(),
              entry.name(),
              "expected in one file, found in " + other.file() + " as well");
        }
      }
    }
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#CHECKPOINT_INVALID} if there are no weights,
   *     a shard is absent or malformed, or index and shards disagree
   */
  static ShardedWeights open(CheckpointFiles files) {
    ParallelReads threads = new ParallelReads(THREADS, "checkpoint-read");
    try {
      if (find(files, SINGLE_FILE).isPresent()) {
        return new ShardedWeights(
            files.uri(), threads, headers(files, threads, List.of(SINGLE_FILE), "the checkpoint"));
      }
      byte[] json =
          files
              .content(ShardIndex.NAME, MAX_INDEX_BYTES)
              .orElseThrow(
                  () ->
                      new PromptmillException(
                          ErrorCode.CHECKPOINT_INVALID,
                          files.uri()
                              + ": no weights: expected "
                              + SINGLE_FILE
                              + " or "
                              + ShardIndex.NAME
                              + ", found neither"));
      ShardIndex index = ShardIndex.parse(StrictJson.utf8(json, ShardIndex.NAME));
      List<String> names = List.copyOf(index.shards());
      ShardedWeights weights =
          new ShardedWeights(files.uri(), threads, headers(files, threads, names, ShardIndex.NAME));
      weights.requireAgreement(index);
      return weights;
    } catch (RuntimeException e) {
      threads.close();
      throw e;
    }
  }

  private static List<SafetensorsFile> headers(
      CheckpointFiles files, ParallelReads threads, List<String> names, String lister) {
    SafetensorsFile[] shards = new SafetensorsFile[names.size()];
    threads.run(
        shards.length,
        () ->
            number -> {
              String name = names.get(number);
              CheckpointFile file =
                  find(files, name)
                      .orElseThrow(
                          () ->
                              new PromptmillException(
                                  ErrorCode.CHECKPOINT_INVALID,
                                  files.uri()
                                      + ": expected the file "
                                      + name
                                      + " that "
                                      + lister
                                      + " lists, found none"));
              shards[number] = SafetensorsFile.open(file);
            });
    return List.of(shards);
  }

  private static Optional<CheckpointFile> find(CheckpointFiles files, String name) {
    try {
      return files.find(name);
    } catch (IOException e) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID, files.uri() + ": " + name + " cannot be read: " + e, e);
    }
  }

  private void requireAgreement(ShardIndex index) {
    index
        .shardOf()
        .forEach(
            (tensor, shard) -> {
              TensorEntry entry = entries.get(tensor);
              if (entry == null || !entry.file().equals(shard)) {
                throw invalid(
                    shard,
                    tensor,
                    "expected here by "
                        + ShardIndex.NAME
                        + ", found "
                        + (entry == null ? "in no shard" : "in " + entry.file()));
              }
            });
    for (TensorEntry entry : entries.values()) {
      if (!index.shardOf().containsKey(entry.name())) {
        throw invalid(
            entry.file(), entry.name(), "expected in " + ShardIndex.NAME + ", found only here");
      }
    }
  }

  /** The files that hold the weights, by name. */
  List<SafetensorsFile> shards() {
    return shards;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public TensorEntry entry(String name) {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID,
          uri + ": expected tensor " + name + ", found none of that name among " + entries.size());
    }
    return entry;
  }

  private record Piece(CheckpointFile file, TensorEntry tensor, long position, ByteBuffer target) {}

  @Override
  public void read(Collection<TensorRead> reads) {
    List<Piece> pieces = new ArrayList<>();
    for (TensorRead read : reads) {
      cut(read, pieces);
    }
    pieces.sort(
        Comparator.comparing((Piece piece) -> piece.file().name())
            .thenComparingLong(Piece::position));
    threads.run(pieces.size(), () -> new PieceReader(pieces));
  }

  private void cut(TensorRead read, List<Piece> pieces) {
    TensorEntry tensor = entry(read.tensor());
    ByteBuffer target = read.target();
    long length = target.remaining();
    if (read.offset() < 0 || read.offset() > tensor.bytes() - length) {
      throw new IllegalArgumentException(
          "read of " + length + " bytes at " + read.offset() + " is outside " + tensor);
    }
    CheckpointFile file = files.get(tensor.file());
    for (int at = 0; at < length; at += PIECE_BYTES) {
      int bytes = (int) Math.min(PIECE_BYTES, length - at);
      ByteBuffer slice = target.slice(target.position() + at, bytes);
      pieces.add(new Piece(file, tensor, tensor.offset() + read.offset() + at, slice));
    }
  }

  /** Keeps the stream of the file that it read from last. */
  private static final class PieceReader implements ParallelReads.Reader {
    private final List<Piece> pieces;
    private CheckpointFile file;
    private RangeReader reader;

    PieceReader(List<Piece> pieces) {
      this.pieces = pieces;
    }

    @Override
    public void read(int number) {
      Piece piece = pieces.get(number);
      int length = piece.target().remaining();
      try {
        if (!piece.file().equals(file)) {
          close();
          reader = piece.file().opener().open();
          file = piece.file();
        }
        reader.readFully(piece.position(), piece.target());
      } catch (IOException e) {
        throw new PromptmillException(
            ErrorCode.CHECKPOINT_INVALID,
            piece.file().name()
                + ": tensor "
                + piece.tensor().name()
                + ": expected "
                + length
                + " bytes at byte "
                + piece.position()
                + " of the file, found "
                + e,
            e);
      }
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
        reader = null;
        file = null;
      }
    }
  }

  private static PromptmillException invalid(String file, String tensor, String what) {
    return new PromptmillException(
        ErrorCode.CHECKPOINT_INVALID, file + ": tensor " + tensor + ": " + what);
  }

  @Override
  public void close() {
    threads.close();
  }
}
