package io.promptmill.spark.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Rows by their right label and what they got.
 *
 * @param rows one for each label, then one for rows whose gold value is no label; columns are the
 *     labels, then abstained, then failed
 */
record ConfusionMatrix(List<String> labels, long[][] rows) {
  /** With more labels than this a terminal is too narrow, and confusions are listed. */
  private static final int MOST_COLUMNS = 10;

  private static final int MOST_CONFUSIONS = 20;

  static final String LABEL = "label";
  static final String ABSTAINED = "abstained";
  static final String FAILED = "failed";

  /**
   * @param counts {@code gold_index} of the gold label from 1, 0 for none of them; {@code outcome},
   *     one of those above; {@code label_index} from 1, where it is a label; number of {@code rows}
   */
  static ConfusionMatrix of(List<String> labels, List<Row> counts) {
    int size = labels.size();
    long[][] rows = new long[size + 1][size + 2];
    for (Row count : counts) {
      long goldIndex = count.getAs("gold_index");
      int gold = goldIndex == 0 ? size : (int) goldIndex - 1;
      int got =
          switch (count.<String>getAs("outcome")) {
            case ABSTAINED -> size;
            case FAILED -> size + 1;
            default -> count.<Long>getAs("label_index").intValue() - 1;
          };
      rows[gold][got] += count.<Long>getAs("rows");
    }
    return new ConfusionMatrix(labels, rows);
  }

  List<LabelScore> scores() {
    List<LabelScore> scores = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      long predicted = 0;
      for (int gold = 0; gold < labels.size(); gold++) {
        predicted += rows[gold][i];
      }
      scores.add(new LabelScore(labels.get(i), sum(rows[i]), predicted, rows[i][i]));
    }
    return scores;
  }

  /** Rows whose gold value is a label. */
  long scored() {
    long scored = 0;
    for (int gold = 0; gold < labels.size(); gold++) {
      scored += sum(rows[gold]);
    }
    return scored;
  }

  /** Those of them that got a label. */
  long covered() {
    return scored() - scoredInColumn(labels.size()) - scoredInColumn(labels.size() + 1);
  }

  long abstained() {
    return scoredInColumn(labels.size());
  }

  long failed() {
    return scoredInColumn(labels.size() + 1);
  }

  long right() {
    return LabelScore.micro(scores()).right();
  }

  /** Rows whose gold value is no label. */
  long otherGold() {
    return sum(rows[labels.size()]);
  }

  private long scoredInColumn(int column) {
    long sum = 0;
    for (int gold = 0; gold < labels.size(); gold++) {
      sum += rows[gold][column];
    }
    return sum;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Rows are gold, columns predicted; {@code other_gold} has the columns of a row. */
  Map<String, Object> values() {
    int size = labels.size();
    List<List<Long>> counts = new ArrayList<>();
    List<Long> abstained = new ArrayList<>();
    List<Long> failed = new ArrayList<>();
    for (int gold = 0; gold < size; gold++) {
      counts.add(list(rows[gold], size));
      abstained.add(rows[gold][size]);
      failed.add(rows[gold][size + 1]);
    }
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("counts", list(rows[size], size));
    other.put(ABSTAINED, rows[size][size]);
    other.put(FAILED, rows[size][size + 1]);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("labels", labels);
    values.put("counts", counts);
    values.put(ABSTAINED, abstained);
    values.put(FAILED, failed);
    values.put("other_gold", other);
    return values;
  }

  private static List<Long> list(long[] counts, int size) {
    List<Long> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(counts[i]);
    }
    return list;
  }

  List<String> table() {
    int size = labels.size();
    if (size > MOST_COLUMNS) {
      return confusions();
    }
    List<String> header = new ArrayList<>(List.of("gold \\ predicted"));
    header.addAll(labels);
    header.addAll(List.of("(abstained)", "(failed)"));
    List<List<String>> lines = new ArrayList<>();
    for (int gold = 0; gold < rows.length; gold++) {
      if (gold == size && otherGold() == 0) {
        continue;
      }
      List<String> line = new ArrayList<>(List.of(gold < size ? labels.get(gold) : "(no label)"));
      for (long count : rows[gold]) {
        line.add(Tables.text("%,d", count));
      }
      lines.add(line);
    }
    return Tables.lines(header, lines);
  }

  private record Confusion(String gold, String predicted, long count) {}

  private List<String> confusions() {
    List<Confusion> confusions = new ArrayList<>();
    for (int gold = 0; gold < labels.size(); gold++) {
      for (int got = 0; got < labels.size(); got++) {
        if (gold != got && rows[gold][got] > 0) {
          confusions.add(new Confusion(labels.get(gold), labels.get(got), rows[gold][got]));
        }
      }
    }
    List<List<String>> lines =
        confusions.stream()
            .sorted(Comparator.comparingLong(Confusion::count).reversed())
            .limit(MOST_CONFUSIONS)
            .map(c -> List.of(c.gold, c.predicted, Tables.text("%,d", c.count)))
            .toList();
    return Tables.lines(List.of("gold", "predicted", "rows"), lines);
  }
}
