package io.promptmill.spark.eval.document;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names such as {@code test-00000-of-00002.parquet}, which tell how many files there must be. */
final class Shards {

  private static final Pattern NUMBERED = Pattern.compile(".*?(\\d{5})-of-(\\d{5})\\D.*");

  private Shards() {}

  /**
   * @param files of one split, ordered by name
   * @throws io.promptmill.error.PromptmillException if a shard is missing or two exports are mixed
   */
  static void requireAll(List<DataFile> files) {
    TreeSet<Integer> totals = new TreeSet<>();
    TreeSet<Integer> indices = new TreeSet<>();
    int numbered = 0;
    for (DataFile file : files) {
      Matcher name = NUMBERED.matcher(file.path().getName());
      if (name.matches()) {
        indices.add(Integer.valueOf(name.group(1)));
        totals.add(Integer.valueOf(name.group(2)));
        numbered++;
      }
    }
    if (numbered == 0) {
      return;
    }
    if (numbered != files.size() || totals.size() != 1 || indices.size() != totals.first()) {
      throw files
          .get(0)
          .invalid(
              "expected all %s shards of one export beside it, found %s"
                  .formatted(
                      totals.size() == 1 ? totals.first() : "numbered",
                      files.stream().map(file -> file.path().getName()).toList()));
    }
  }
}
