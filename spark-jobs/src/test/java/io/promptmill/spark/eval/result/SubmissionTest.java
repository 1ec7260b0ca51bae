package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.score.Scores;
import io.promptmill.spark.eval.score.TaskRun;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmissionTest {

  @Test
  void hasTheLikeliestChoiceOfEachDocumentByItsId() throws IOException {
    List<ItemOutcome> outcomes = new ArrayList<>();
    for (ItemOutcome outcome : rivers().outcomes()) {
      outcomes.add(unanswered(outcome, outcome.answer()));
    }
    outcomes.set(4, unanswered(outcomes.get(4), new ModelAnswer.Failed("ENGINE_FAILED", "no")));
    assertThat(Submission.json(Scores.of(List.of(run(outcomes)), List.of(), 0)))
        .hasValue(
            """
            {
              "rivers": {
                "q0": "Ostra",
                "q1": "Lim",
                "q2": "in a lake",
                "q3": "Cy\\tDo",
                "q4": ""
              }
            }""");
  }

  @Test
  void isNotThereWhereDocumentsHaveAnswers() throws IOException {
    assertThat(Submission.json(Scores.of(List.of(rivers()), List.of(), 0))).isEmpty();
  }

  private static TaskRun rivers() throws IOException {
    return HarnessRun.load().runs().stream()
        .filter(run -> run.task().name().equals("world_rivers"))
        .findFirst()
        .orElseThrow();
  }

  private static TaskRun run(List<ItemOutcome> outcomes) throws IOException {
    TaskDefinition task = rivers().task();
    return new TaskRun(task, 0, outcomes.size(), outcomes);
  }

  private static ItemOutcome unanswered(ItemOutcome outcome, ModelAnswer answer) {
    EvaluationItem item = outcome.item();
    Document document = new Document(Map.of("id", "q" + item.docId()));
    EvaluationItem asked =
        new EvaluationItem(item.task(), item.docId(), document, "", item.choices(), item.call());
    return new ItemOutcome(asked, answer, outcome.tokens());
  }
}
