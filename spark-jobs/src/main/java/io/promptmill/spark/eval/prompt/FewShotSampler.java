package io.promptmill.spark.eval.prompt;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.random.PythonRandom;
import io.promptmill.spark.eval.task.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Chooses the examples of one document after another; the order of the calls counts. */
@FunctionalInterface
interface FewShotSampler {

  List<Document> examplesFor(Document evaluated);

  /** By the names of {@link io.promptmill.spark.eval.task.FewShotDefinition#SAMPLERS}. */
  Map<String, BiFunction<Pool, PythonRandom, FewShotSampler>> SAMPLERS =
      Map.of("default", FewShotSampler::drawn, "first_n", FewShotSampler::firstOnes);

  /**
   * @param documents that examples are taken from
   * @param count examples of each document, at least 1
   * @param excludesEvaluated whether documents equal to the evaluated one are left out
   */
  record Pool(TaskDefinition task, List<Document> documents, int count, boolean excludesEvaluated) {

    List<Document> without(Document evaluated, List<Document> from) {
      return from.stream().filter(document -> !document.equals(evaluated)).toList();
    }

    void require(int needed, int found) {
      if (needed > found) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "task %s: %d examples need %d documents to take them from, found %d"
                .formatted(task.name(), count, needed, found));
      }
    }
  }

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} naming the task if there are too few
   *     documents
   */
  static FewShotSampler of(Pool pool, long seed) {
    return SAMPLERS.get(pool.task().fewShot().sampler()).apply(pool, new PythonRandom(seed));
  }

  private static FewShotSampler firstOnes(Pool pool, PythonRandom unused) {
    return evaluated -> {
      List<Document> first =
          pool.documents().stream()
              .filter(document -> !pool.excludesEvaluated() || !document.equals(evaluated))
              .limit(pool.count())
              .toList();
      pool.require(pool.count(), first.size());
      return first;
    };
  }

  /** One draw of the generator after another, as CPython's {@code random.sample}. */
  private static FewShotSampler drawn(Pool pool, PythonRandom random) {
    int count = pool.count();
    int drawn = pool.excludesEvaluated() ? count + 1 : count;
    pool.require(drawn, pool.documents().size());
    return evaluated -> {
      List<Document> examples = random.sample(pool.documents(), drawn);
      if (!pool.excludesEvaluated()) {
        return examples;
      }
      List<Document> others = pool.without(evaluated, examples);
      if (others.size() < count) {
        List<Document> rest = pool.without(evaluated, pool.documents());
        pool.require(count, rest.size());
        return random.sample(rest, count);
      }
      return others.subList(0, count);
    };
  }
}
