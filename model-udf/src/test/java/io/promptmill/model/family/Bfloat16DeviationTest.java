package io.promptmill.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What bfloat16 products cost, next to what they cost the original implementation. */
class Bfloat16DeviationTest {

  @Test
  void medianDeviationIsAtMostTwiceTheReferences() {
    List<Double> ours = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    StringBuilder table = new StringBuilder("largest logit difference of bfloat16 to float32:\n");
    for (Golden golden : Golden.all()) {
      try (CheckpointDirectory checkpoint = golden.open();
          CausalLm model =
              ModelFamilies.open(
                  checkpoint, new ModelOptions("bfloat16", List.of("cpu"), 16 << 20, 256, 2))) {
        for (int i = 0; i < golden.prompts().size(); i++) {
          double deviation = deviation(model, golden, i);
          double reference = golden.referenceBfloat16Differences().get(i);
          table.append(
              String.format(
                  Locale.ROOT,
                  "  %-24s prompt %d (%3d tokens): %.3f, reference %.3f%n",
                  golden,
                  i,
                  golden.prompts().get(i).length,
                  deviation,
                  reference));
          ours.add(deviation);
          references.add(reference);
        }
      }
    }
    table.append(
        String.format(
            Locale.ROOT, "  median %.3f, reference %.3f", median(ours), median(references)));
    System.out.println(table);
    assertThat(median(ours)).isLessThanOrEqualTo(2 * median(references));
  }

  private static double deviation(CausalLm model, Golden golden, int prompt) {
    int[] tokens = golden.prompts().get(prompt);
    float[] expected = golden.tensor("logits." + prompt);
    float[][] logits =
        model.step(new Steps(model.kvLayout()).add(tokens, 0, 0).allLogits()).logits();
    double max = 0;
    for (int row = 0; row < logits.length; row++) {
      for (int i = 0; i < logits[row].length; i++) {
        max = Math.max(max, Math.abs(logits[row][i] - expected[row * logits[row].length + i]));
      }
    }
    return max;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
