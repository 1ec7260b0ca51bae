package io.promptmill.spark.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.spark.eval.ItemOutcome;
import io.promptmill.spark.eval.ModelAnswer;
import io.promptmill.spark.eval.ModelCall;
import io.promptmill.spark.executor.ExecutorModels;
import io.promptmill.spark.executor.ModelUdfOpener;
import io.promptmill.spark.plan.RowCountsAccumulator;
import io.promptmill.spark.testing.LocalSpark;
import io.promptmill.udf.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The packaged model answers the same, to the last bit, however the work is spread. */
class ClusterIndependenceTest {
  private static final String HEADER = "The following are questions.\n\n";

  private final SparkSession spark = (SparkSession) LocalSpark.session();

  @AfterAll
  static void closeModels() {
    ExecutorModels.get().close();
  }

  private static List<EvaluationItem> items() {
    List<EvaluationItem> items = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      items.add(
          Items.item(
              i, Items.choice(HEADER + "Question " + i + "?\nAnswer:", " A", " B", " the C")));
    }
    for (int i = 6; i < 9; i++) {
      items.add(Items.item(i, Items.contexts(" and so on", HEADER + i, HEADER + "no " + i)));
    }
    for (int i = 9; i < 11; i++) {
      items.add(Items.item(i, new ModelCall.LoglikelihoodRolling((HEADER + i + ". ").repeat(i))));
    }
    Map<String, Object> greedy = Map.of("max_gen_toks", 8, "until", List.of("."));
    Map<String, Object> drawn =
        Map.of("max_gen_toks", 6, "do_sample", true, "temperature", 0.8, "top_p", 0.9);
    for (int i = 20; i < 23; i++) {
      items.add(Items.item(i, Items.generate(HEADER + "Write " + i, greedy, 1)));
      items.add(Items.item(i + 10, Items.generate(HEADER + "Write " + i, drawn, 3)));
      items.add(Items.item(i + 20, Items.chat("Say " + i, greedy)));
    }
    return items;
  }

  private static ModelSpec model(int maxStepTokens) {
    return new ModelSpec(
        "classpath:promptmill/models/tiny-random",
        "float32",
        List.of("cpu"),
        16L << 20,
        maxStepTokens,
        16,
        96,
        1,
        true);
  }

  private Map<Integer, ModelAnswer> run(
      List<EvaluationItem> items, int partitions, int maxStepTokens, int batchRows) {
    RowCountsAccumulator counts = new RowCountsAccumulator();
    spark.sparkContext().register(counts, "rows");
    RunSettings settings =
        new RunSettings(
            model(maxStepTokens),
            "r",
            7,
            OptionalInt.of(partitions),
            batchRows,
            2,
            ModelUdfOpener.INSTANCE,
            counts);
    Map<Integer, ModelAnswer> answers = new TreeMap<>();
    for (ItemOutcome outcome :
        EvaluationRun.prepare(settings, items, Optional.empty()).execute(spark)) {
      answers.put(outcome.item().docId(), outcome.answer());
    }
    return answers;
  }

  @Test
  void partitionsBatchBudgetAndOrderChangeNoNumber() {
    List<EvaluationItem> items = items();
    Map<Integer, ModelAnswer> expected = run(items, 1, 512, 64);
    assertThat(expected.values()).noneMatch(ModelAnswer.Failed.class::isInstance);
    assertThat(expected).hasSize(items.size());
    assertThat(((ModelAnswer.Texts) expected.get(30)).texts()).hasSize(3).doesNotHaveDuplicates();

    assertThat(run(items, 3, 512, 2)).isEqualTo(expected);
    List<EvaluationItem> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(5));
    assertThat(run(shuffled, 8, 32, 5)).isEqualTo(expected);
    // two budgets are two engines, and only the last one is in memory
    assertThat(ModelUdfOpener.INSTANCE.status(model(512))).isEmpty();
    assertThat(ModelUdfOpener.INSTANCE.status(model(32))).isPresent();
  }
}
