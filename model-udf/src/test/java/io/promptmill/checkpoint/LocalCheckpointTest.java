package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code file:} and plain paths. */
class LocalCheckpointTest extends CheckpointDirectoryContract {

  @Override
  String store(TinyCheckpoint checkpoint, String name) throws Exception {
    return checkpoint.writeTo(local.resolve(name)).toUri().toString();
  }

  @Override
  Configuration conf() {
    Configuration conf = new Configuration(false);
    conf.set("fs.absent.impl", "no.such.Connector");
    return conf;
  }

  @Test
  void opensPlainPathsWithSpacesAndOtherLetters() throws Exception {
    Path folder = TinyCheckpoint.single().writeTo(local.resolve("größer als %20"));
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(folder.toString(), conf())) {
      assertThat(checkpoint.uri()).startsWith("file:").contains("größer als %20");
    }
  }

  @Test
  void refusesMissingConfig() throws Exception {
    String uri = store(TinyCheckpoint.single().without("config.json"), "no-config");
    assertThatThrownBy(() -> CheckpointDirectory.open(uri, conf()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContainingAll("no-config", "config.json", "found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "generation_config.json"})
  void refusesConfigsThatAreNotUtf8OrNotJson(String name) throws Exception {
    String binary =
        store(TinyCheckpoint.single().with(name, new byte[] {'{', (byte) 0x80, '}'}), "binary");
    assertThatThrownBy(() -> CheckpointDirectory.open(binary, conf()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(name, "expected UTF-8", "byte 1");
    String open = store(TinyCheckpoint.single().with(name, "{\"a\": [1, 2"), "open");
    assertThatThrownBy(() -> CheckpointDirectory.open(open, conf()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(name, "expected valid JSON", "line 1");
  }

  @Test
  void refusesTextsOfAbsurdSize() throws Exception {
    Path folder = TinyCheckpoint.single().writeTo(local.resolve("absurd"));
    try (var sparse = new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
      sparse.setLength(CheckpointDirectory.MAX_TEXT_BYTES + 1L);
    }
    assertThatThrownBy(() -> CheckpointDirectory.open(folder.toString(), conf()))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContainingAll(
            "config.json",
            "has " + (CheckpointDirectory.MAX_TEXT_BYTES + 1L) + " bytes",
            "at most " + CheckpointDirectory.MAX_TEXT_BYTES);
  }

  @Test
  void refusesWhatIsNoFolder() throws Exception {
    Path file = Files.createFile(local.resolve("file"));
    refusesUri(file.toString(), "expected a folder, found a file");
    refusesUri(local.resolve("nothing").toString(), "expected a folder, found nothing");
  }

  @Test
  void refusesSchemesWithoutFileSystemAndMalformedUris() {
    refusesUri("nosuch://host/model", "nosuch");
    refusesUri("a:b:c", "a:b:c");
    refusesUri("absent://host/model", "no.such.Connector");
    refusesUri("", "checkpoint");
  }

  private void refusesUri(String uri, String message) {
    assertThatThrownBy(() -> CheckpointDirectory.open(uri, conf()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContainingAll("checkpoint " + uri, message);
  }
}
