package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every kind of storage. */
abstract class CheckpointDirectoryContract {
  @TempDir Path local;

  /** Stores the checkpoint under a name of its own and returns its URI. */
  abstract String store(TinyCheckpoint checkpoint, String name) throws Exception;

  abstract Configuration conf();

  private CheckpointDirectory open(TinyCheckpoint checkpoint, String name) throws Exception {
    return CheckpointDirectory.open(store(checkpoint, name), conf());
  }

  @Test
  void readsConfigsAndTexts() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.sharded(), "configs")) {
      assertThat(checkpoint.uri()).contains("configs");
      assertThat(checkpoint.config().integer("hidden_size")).isEqualTo(5);
      assertThat(checkpoint.generationConfig().orElseThrow().integers("eos_token_id"))
          .containsExactly(1, 2);
      assertThat(checkpoint.text("tokenizer.json")).hasValue("{\"model\": \"größer\"}");
      assertThat(checkpoint.text("tokenizer_config.json")).isEmpty();
    }
  }

  @Test
  void readsAllTensorsOfAllShardsAtOnceIntoNativeMemory() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.sharded(), "sharded")) {
      WeightSource weights = checkpoint.weights();
      assertThat(weights.names()).containsExactlyInAnyOrder("large", "small", "half", "scalar");
      List<TensorRead> reads = new ArrayList<>();
      for (SafetensorsWriter.Tensor tensor : TinyCheckpoint.TENSORS) {
        TensorEntry entry = weights.entry(tensor.name());
        assertThat(entry.dtype()).isEqualTo(tensor.dtype());
        assertThat(entry.shape()).isEqualTo(tensor.shape());
        assertThat(entry.bytes()).isEqualTo(tensor.bytes());
        reads.add(new TensorRead(tensor.name(), 0, ByteBuffer.allocateDirect((int) entry.bytes())));
      }
      weights.read(reads);
      for (int i = 0; i < reads.size(); i++) {
        byte[] found = new byte[reads.get(i).target().remaining()];
        reads.get(i).target().get(found);
        assertThat(found).isEqualTo(TinyCheckpoint.body(TinyCheckpoint.TENSORS.get(i)));
      }
    }
  }

  @Test
  void readsARangeIntoTheRangeOfABufferAndLeavesTheRestAlone() throws Exception {
    try (CheckpointDirectory checkpoint = open(TinyCheckpoint.single(), "range")) {
      ByteBuffer target = ByteBuffer.allocate(12).position(3).limit(9);
      checkpoint.weights().read(List.of(new TensorRead("small", 8, target)));
      assertThat(target.position()).isEqualTo(3);
      assertThat(target.limit()).isEqualTo(9);
      byte[] body = TinyCheckpoint.body(TinyCheckpoint.SMALL);
      byte[] expected = new byte[12];
      System.arraycopy(body, 8, expected, 3, 6);
      assertThat(target.array()).isEqualTo(expected);
    }
  }

  @Test
  void givesTheSameRevisionAsALocalCopy() throws Exception {
    Path folder = TinyCheckpoint.sharded().writeTo(local.resolve("copy"));
    try (CheckpointDirectory here = open(TinyCheckpoint.sharded(), "revision");
        CheckpointDirectory copy =
            CheckpointDirectory.open(folder.toString(), new Configuration())) {
      assertThat(here.revision()).isEqualTo(copy.revision()).matches("[0-9a-f]{32}");
    }
  }

  @Test
  void namesTheShardThatIsAbsent() throws Exception {
    TinyCheckpoint damaged = TinyCheckpoint.sharded().without(TinyCheckpoint.SECOND);
    String uri = store(damaged, "absent-shard");
    assertThatThrownBy(() -> CheckpointDirectory.open(uri, conf()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContainingAll("absent-shard", TinyCheckpoint.SECOND, ShardIndex.NAME);
  }
}
