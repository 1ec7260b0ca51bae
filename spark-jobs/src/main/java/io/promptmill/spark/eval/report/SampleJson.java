package io.promptmill.spark.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.promptmill.spark.eval.report.compare.Item;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.Sample.Filtered;
import io.promptmill.spark.eval.report.run.Sample.Likelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An item as the page's scripts read it; what is the same in all runs stands once. */
final class SampleJson {
  /** Longer texts lose their middle. */
  private static final int LONGEST = 40_000;

  private SampleJson() {}

  /**
   * @param task index in the page
   * @param choices texts that were scored
   */
  record ItemData(
      int task,
      int id,
      JsonNode doc,
      String target,
      List<String> choices,
      List<AnswerData> answers) {}

  /**
   * @param prompts without the task's shared beginning; null where they are the first run's
   * @param sums log-likelihoods, null for minus infinity
   * @param greedy indices of the greedy ones
   * @param tokens prompt, cached, asked, truncated, completion
   * @param error category and message
   */
  record AnswerData(
      List<String> prompts,
      List<Double> sums,
      List<Integer> greedy,
      List<String> texts,
      List<View> views,
      long[] tokens,
      List<String> error) {}

  record View(String filter, String answer, Map<String, Double> metrics) {}

  static String of(Item item, TaskTable.Entry task) {
    List<AnswerData> answers = new ArrayList<>();
    List<String> first = null;
    for (int run = 0; run < item.samples().size(); run++) {
      Optional<Sample> sample = item.samples().get(run);
      if (sample.isEmpty()) {
        answers.add(null);
        continue;
      }
      List<String> prompts = sample.get().prompts();
      answers.add(answer(sample.get(), prompts.equals(first) ? null : prompts, task, run));
      first = first == null ? prompts : first;
    }
    Sample any = item.any();
    return ScriptJson.of(
        new ItemData(
            task.index(),
            item.docId(),
            clip(any.doc()),
            clip(any.target()),
            any.continuations().isEmpty() ? null : any.continuations(),
            answers));
  }

  private static AnswerData answer(
      Sample sample, List<String> prompts, TaskTable.Entry task, int run) {
    String prefix = task.prefixes().get(run);
    List<Integer> greedy = new ArrayList<>();
    List<Double> sums = new ArrayList<>();
    for (Likelihood likelihood : sample.likelihoods()) {
      if (likelihood.greedy()) {
        greedy.add(sums.size());
      }
      sums.add(ScriptJson.finite(Math.rint(likelihood.sum() * 1e4) / 1e4));
    }
    return new AnswerData(
        prompts == null
            ? null
            : prompts.stream().map(text -> clip(text.substring(prefix.length()))).toList(),
        sums.isEmpty() ? null : sums,
        sums.isEmpty() ? null : greedy,
        sample.texts().isEmpty() ? null : sample.texts().stream().map(SampleJson::clip).toList(),
        sample.filtered().stream().map(SampleJson::view).toList(),
        sample
            .tokens()
            .map(
                use ->
                    new long[] {
                      use.prompt(), use.cached(), use.asked(), use.truncated(), use.completion()
                    })
            .orElse(null),
        sample.error().map(failure -> List.of(failure.category(), failure.message())).orElse(null));
  }

  private static View view(Filtered filtered) {
    String answer = filtered.answer().isEmpty() ? null : clip(filtered.answer());
    return new View(filtered.filter(), answer, filtered.metrics());
  }

  private static JsonNode clip(JsonNode doc) {
    if (!(doc instanceof ObjectNode fields)) {
      return doc;
    }
    ObjectNode copy = fields.deepCopy();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue().isTextual()) {
        copy.set(field.getKey(), TextNode.valueOf(clip(field.getValue().textValue())));
      }
    }
    return copy;
  }

  static String clip(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int half = LONGEST / 2;
    return "%s\n… %,d characters left out …\n%s"
        .formatted(
            text.substring(0, half), text.length() - LONGEST, text.substring(text.length() - half));
  }
}
