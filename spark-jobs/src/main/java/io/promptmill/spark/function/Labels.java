package io.promptmill.spark.function;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Labels as an array of texts. */
final class Labels {
  private Labels() {}

  /**
   * What is wrong with labels that are a literal; others show when their row is computed.
   *
   * @param name of the parameter
   * @param least number of labels
   */
  static Optional<String> problem(String name, Expression labels, int least) {
    if (!labels.foldable() || labels.eval(null) == null) {
      return Optional.empty();
    }
    List<String> texts = of(labels);
    if (texts.size() < least) {
      return Optional.of(name + ": expected at least " + least + ", found " + texts.size());
    }
    if (texts.stream().anyMatch(text -> text == null || text.isBlank())) {
      return Optional.of(name + ": expected texts, found a null or empty one in " + texts);
    }
    if (new HashSet<>(texts).size() < texts.size()) {
      return Optional.of(name + ": expected different ones, found " + texts);
    }
    return Optional.empty();
  }

  /**
   * @param labels a literal
   * @return labels in their order; none for null
   */
  static List<String> of(Expression labels) {
    List<String> texts = new ArrayList<>();
    if (labels.eval(null) instanceof ArrayData array) {
      for (int i = 0; i < array.numElements(); i++) {
        texts.add(array.isNullAt(i) ? null : array.getUTF8String(i).toString());
      }
    }
    return texts;
  }
}
