package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedWeightsTest {
  private static final Map<String, String> INDEX =
      Map.of(
          "large", TinyCheckpoint.FIRST,
          "small", TinyCheckpoint.FIRST,
          "half", TinyCheckpoint.SECOND,
          "scalar", TinyCheckpoint.SECOND);

  @TempDir Path folder;

  @Test
  void prefersTheSingleFileAsTransformersDoes() throws Exception {
    TinyCheckpoint both =
        TinyCheckpoint.single().with(ShardIndex.NAME, TinyCheckpoint.index(INDEX));
    try (CheckpointDirectory checkpoint = open(both)) {
      assertThat(checkpoint.weights().names()).containsExactly("small", "half", "scalar");
    }
  }

  @Test
  void refusesCheckpointWithoutWeights() throws Exception {
    refuses(TinyCheckpoint.single().without("model.safetensors"))
        .hasMessageContainingAll("no weights", "model.safetensors", ShardIndex.NAME, "neither");
  }

  @Test
  void refusesIndexWhoseShardIsAbsent() throws Exception {
    refuses(TinyCheckpoint.sharded().without(TinyCheckpoint.FIRST))
        .hasMessageContainingAll(TinyCheckpoint.FIRST, ShardIndex.NAME, "found none");
  }

  @Test
  void refusesIndexThatLeavesOutAShardThatTheNamesCount() throws Exception {
    refuses(
            TinyCheckpoint.sharded()
                .with(
                    ShardIndex.NAME,
                    TinyCheckpoint.index(
                        Map.of("large", TinyCheckpoint.FIRST, "small", TinyCheckpoint.FIRST))))
        .hasMessageContainingAll(ShardIndex.NAME, "expected all of the 2 shards", "[1]");
  }

  @Test
  void refusesTensorOfTheIndexThatNoShardHolds() throws Exception {
    refuses(withIndexed("ghost", TinyCheckpoint.SECOND))
        .hasMessageContainingAll(TinyCheckpoint.SECOND, "tensor ghost", "found in no shard");
  }

  @Test
  void refusesTensorThatLiesInAnotherShardThanTheIndexSays() throws Exception {
    refuses(withIndexed("small", TinyCheckpoint.SECOND))
        .hasMessageContainingAll(
            TinyCheckpoint.SECOND, "tensor small", "found in " + TinyCheckpoint.FIRST);
  }

  @Test
  void refusesTensorOfAShardThatTheIndexLacks() throws Exception {
    refuses(
            TinyCheckpoint.sharded()
                .with(
                    TinyCheckpoint.SECOND,
                    TinyCheckpoint.safetensors(
                        TinyCheckpoint.HALF,
                        TinyCheckpoint.SCALAR,
                        new SafetensorsWriter.Tensor("stray", DType.F32, List.of(1L)))))
        .hasMessageContainingAll(TinyCheckpoint.SECOND, "tensor stray", "expected in");
  }

  @Test
  void refusesTensorInTwoShards() throws Exception {
    refuses(
            TinyCheckpoint.sharded()
                .with(
                    TinyCheckpoint.SECOND,
                    TinyCheckpoint.safetensors(
                        TinyCheckpoint.HALF, TinyCheckpoint.SCALAR, TinyCheckpoint.SMALL)))
        .hasMessageContainingAll("tensor small", TinyCheckpoint.FIRST, TinyCheckpoint.SECOND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../other/model.safetensors",
        "/etc/passwd",
        "sub/model.safetensors",
        "hdfs:x.safetensors",
        "..\\\\x.safetensors",
        ".safetensors",
        "model.bin",
        ""
      })
  void refusesShardNamesThatAreNotFilesOfTheFolder(String shard) throws Exception {
    refuses(
            TinyCheckpoint.sharded()
                .with(ShardIndex.NAME, "{\"weight_map\": {\"large\": \"" + shard + "\"}}"))
        .hasMessageContainingAll(ShardIndex.NAME, "tensor large", "in the same folder", shard);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"weight_map\": []}",
        "{\"weight_map\": {}}",
        "{\"weight_map\": {\"large\": 1}}",
        "{\"weight_map\": {\"a\": \"x.safetensors\", \"a\": \"y.safetensors\"}}",
        "{\"weight_map\": {\"a\": \"x.safetensors\"",
        "{\"weight_map\": {\"a\": \"x.safetensors\"}} trailing"
      })
  void refusesMalformedIndex(String index) throws Exception {
    refuses(TinyCheckpoint.sharded().with(ShardIndex.NAME, index))
        .hasMessageContainingAll(ShardIndex.NAME, "expected", "found");
  }

  @Test
  void refusesIndexThatIsNotUtf8() throws Exception {
    refuses(TinyCheckpoint.sharded().with(ShardIndex.NAME, new byte[] {'{', (byte) 0xff, '}'}))
        .hasMessageContainingAll(ShardIndex.NAME, "expected UTF-8", "byte 1");
  }

  @Test
  void refusesDamagedShard() throws Exception {
    byte[] whole = TinyCheckpoint.sharded().file(TinyCheckpoint.SECOND);
    refuses(
            TinyCheckpoint.sharded()
                .with(TinyCheckpoint.SECOND, Arrays.copyOf(whole, whole.length - 1)))
        .hasMessageContainingAll(TinyCheckpoint.SECOND, "tensor scalar", "found [14, 18]");
  }

  @Test
  void namesFileAndTensorWhenTheFileShrinksAfterOpening() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.sharded())) {
      TensorEntry large = checkpoint.weights().entry("large");
      try (FileChannel shard =
          FileChannel.open(folder.resolve(TinyCheckpoint.FIRST), StandardOpenOption.WRITE)) {
        shard.truncate(large.offset() + 100);
      }
      TensorRead read = new TensorRead("large", 0, ByteBuffer.allocate((int) large.bytes()));
      assertThatThrownBy(() -> checkpoint.weights().read(List.of(read)))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
          .hasMessageContainingAll(TinyCheckpoint.FIRST, "tensor large", "bytes at byte");
    }
  }

  @Test
  void refusesToReadUnknownTensorsOrOutsideATensor() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.single())) {
      WeightSource weights = checkpoint.weights();
      assertThatThrownBy(() -> weights.entry("ghost"))
          .isInstanceOf(PromptmillException.class)
          .hasMessageContainingAll(folder.toString(), "tensor ghost");
      ByteBuffer four = ByteBuffer.allocate(4);
      assertThatThrownBy(() -> weights.read(List.of(new TensorRead("half", 12, four))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("4 bytes at 12", "half");
      assertThatThrownBy(() -> weights.read(List.of(new TensorRead("half", -1, four))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsNothingFromNoReadsAndEmptyTargets() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.single())) {
      checkpoint.weights().read(List.of());
      checkpoint.weights().read(List.of(new TensorRead("half", 14, ByteBuffer.allocate(0))));
    }
  }

  @Test
  void refusesToReadWhenClosed() throws Exception {
    CheckpointDirectory checkpoint = open(TinyCheckpoint.single());
    checkpoint.close();
    TensorRead read = new TensorRead("half", 0, ByteBuffer.allocate(4));
    assertThatThrownBy(() -> checkpoint.weights().read(List.of(read)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static TinyCheckpoint withIndexed(String tensor, String shard) {
    Map<String, String> index = new HashMap<>(INDEX);
    index.put(tensor, shard);
    return TinyCheckpoint.sharded().with(ShardIndex.NAME, TinyCheckpoint.index(index));
  }

  private CheckpointDirectory open(TinyCheckpoint checkpoint) throws IOException {
    return CheckpointDirectory.open(
        checkpoint.writeTo(folder).toString(), new Configuration(false));
  }

  private AbstractThrowableAssert<?, ?> refuses(TinyCheckpoint checkpoint) throws IOException {
    checkpoint.writeTo(folder);
    return assertThatThrownBy(
            () -> CheckpointDirectory.open(folder.toString(), new Configuration(false)))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID));
  }
}
