package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionTest {
  @TempDir Path folder;

  @Test
  void isEqualForEqualFilesWhereverTheyLie() throws Exception {
    assertThat(revision(TinyCheckpoint.single(), "here"))
        .isEqualTo(revision(TinyCheckpoint.single(), "there"));
  }

  @Test
  void changesWithEveryConfigAndTokenizerFile() throws Exception {
    String plain = revision(TinyCheckpoint.single(), "plain");
    for (String name :
        new String[] {
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja"
        }) {
      assertThat(revision(TinyCheckpoint.single().with(name, "{\"changed\": 1}"), name))
          .as(name)
          .isNotEqualTo(plain);
    }
  }

  @Test
  void changesWhenTheSameContentMovesToAnotherFile() throws Exception {
    assertThat(revision(TinyCheckpoint.single().with("tokenizer_config.json", "{}"), "one"))
        .isNotEqualTo(revision(TinyCheckpoint.single().with("chat_template.jinja", "{}"), "two"));
  }

  @Test
  void changesWithTheHeadersOfTheWeights() throws Exception {
    SafetensorsWriter.Tensor renamed =
        new SafetensorsWriter.Tensor(
            "other", TinyCheckpoint.SMALL.dtype(), TinyCheckpoint.SMALL.shape());
    assertThat(
            revision(
                TinyCheckpoint.single()
                    .with("model.safetensors", TinyCheckpoint.safetensors(renamed)),
                "renamed"))
        .isNotEqualTo(
            revision(
                TinyCheckpoint.single()
                    .with("model.safetensors", TinyCheckpoint.safetensors(TinyCheckpoint.SMALL)),
                "named"));
  }

  @Test
  void ignoresFilesThatAreNoPartOfTheModel() throws Exception {
    assertThat(revision(TinyCheckpoint.single().with("README.md", "new"), "documented"))
        .isEqualTo(revision(TinyCheckpoint.single(), "plain"));
  }

  @Test
  void doesNotReadTheWeights() throws Exception {
    TinyCheckpoint changed = TinyCheckpoint.single();
    byte[] weights = changed.file("model.safetensors");
    weights[weights.length - 1] ^= 1;
    assertThat(revision(changed, "changed")).isEqualTo(revision(TinyCheckpoint.single(), "plain"));
  }

  private String revision(TinyCheckpoint checkpoint, String name) throws Exception {
    Path path = checkpoint.writeTo(folder.resolve(name));
    try (CheckpointDirectory opened =
        CheckpointDirectory.open(path.toString(), new Configuration(false))) {
      return opened.revision();
    }
  }
}
