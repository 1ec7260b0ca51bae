package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class CheckpointFactsTest {

  private static final String TINY = "classpath:promptmill/models/tiny-random";

  private final Configuration conf = new Configuration(false);

  @Test
  void revisionIsThatOfTheResults() {
    try (CheckpointDirectory checkpoint = CheckpointDirectory.open(TINY, conf)) {
      assertThat(CheckpointFacts.read(TINY, conf).revision()).isEqualTo(checkpoint.revision());
      assertThat(CheckpointFacts.read(TINY, conf).maxPositions()).hasValue(163_840);
    }
  }

  @Test
  void rendersConversationsUpToTheAnswer() {
    CheckpointFacts facts = CheckpointFacts.read(TINY, conf);

    assertThat(facts.chatTemplate()).hasValueSatisfying(t -> assertThat(t).contains("messages"));
    assertThat(
            facts.render(
                List.of(
                    new CheckpointFacts.Turn("system", "Be brief."),
                    new CheckpointFacts.Turn("user", "hi"))))
        .isEqualTo("<｜begin▁of▁sentence｜>Be brief.\n\nUser: hi\n\nAssistant:");
  }

  @Test
  void aMissingCheckpointFailsByItsName() {
    assertThatThrownBy(() -> CheckpointFacts.read("classpath:nowhere", conf))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContaining("nowhere");
  }
}
