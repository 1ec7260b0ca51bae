package io.promptmill.spark.eval.report.compare;

import io.promptmill.spark.eval.report.run.Run;
import io.promptmill.spark.eval.report.run.Sample;
import io.promptmill.spark.eval.report.run.TaskRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One document of one task in several runs.
 *
 * @param samples one for each run, empty where the run has no such document
 */
public record Item(String task, int docId, String docHash, List<Optional<Sample>> samples) {
  public Item {
    samples = List.copyOf(samples);
  }

  /** The document as some run has it; it is the same in all. */
  public Sample any() {
    return samples.stream().flatMap(Optional::stream).findFirst().orElseThrow();
  }

  /** All documents by task, in their order; the same document is the same id and the same hash. */
  public static Map<String, List<Item>> align(List<Run> runs) {
    Map<String, Map<Key, List<Optional<Sample>>>> found = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      for (TaskRun task : runs.get(i).tasks()) {
        Map<Key, List<Optional<Sample>>> ofTask =
            found.computeIfAbsent(task.name(), name -> new LinkedHashMap<>());
        for (Sample sample : task.samples()) {
          ofTask
              .computeIfAbsent(
                  new Key(sample.docId(), sample.docHash()),
                  key -> new ArrayList<>(Collections.nCopies(runs.size(), Optional.empty())))
              .set(i, Optional.of(sample));
        }
      }
    }
    Map<String, List<Item>> items = new LinkedHashMap<>();
    found.forEach(
        (task, samples) ->
            items.put(
                task,
                samples.entrySet().stream()
                    .map(
                        entry ->
                            new Item(
                                task,
                                entry.getKey().docId(),
                                entry.getKey().docHash(),
                                entry.getValue()))
                    .sorted(Comparator.comparingInt(Item::docId).thenComparing(Item::docHash))
                    .toList()));
    return items;
  }

  private record Key(int docId, String docHash) {}
}
