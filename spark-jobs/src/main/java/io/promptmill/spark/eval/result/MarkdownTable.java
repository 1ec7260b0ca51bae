package io.promptmill.spark.eval.result;

import io.promptmill.spark.io.TablePrinter;
import java.util.List;
import java.util.Set;

/** A Markdown table that is also aligned in a terminal. */
final class MarkdownTable {
  private static final Set<String> NUMERIC =
      Set.of("Version", "n-shot", "Value", "Stderr", "Macro");

  private MarkdownTable() {}

  /** Lines, each ended by a line feed; columns of numbers stand at the right. */
  static String print(List<String> header, List<List<String>> rows) {
    int columns = header.size();
    int[] widths = new int[columns];
    for (int column = 0; column < columns; column++) {
      widths[column] = Math.max(3, TablePrinter.width(header.get(column)));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], TablePrinter.width(row.get(column)));
      }
    }
    StringBuilder out = new StringBuilder("|");
    for (int column = 0; column < columns; column++) {
      int space = widths[column] - TablePrinter.width(header.get(column));
      out.append(" ".repeat(space / 2)).append(header.get(column));
      out.append(" ".repeat(space - space / 2)).append('|');
    }
    out.append("\n|");
    for (int column = 0; column < columns; column++) {
      boolean right = NUMERIC.contains(header.get(column));
      out.append("-".repeat(widths[column] - 1)).append(right ? ':' : '-').append('|');
    }
    for (List<String> row : rows) {
      out.append("\n|");
      for (int column = 0; column < columns; column++) {
        String space = " ".repeat(widths[column] - TablePrinter.width(row.get(column)));
        boolean right = NUMERIC.contains(header.get(column));
        out.append(right ? space : "").append(row.get(column)).append(right ? "" : space);
        out.append('|');
      }
    }
    return out.append('\n').toString();
  }
}
