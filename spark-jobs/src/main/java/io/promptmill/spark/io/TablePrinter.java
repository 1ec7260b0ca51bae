package io.promptmill.spark.io;

import java.util.ArrayList;
import java.util.List;

/** Lays texts out in columns of a terminal, where East Asian characters take two cells. */
public final class TablePrinter {
  private TablePrinter() {}

  /**
   * @param header one text for each column
   * @param rows as many texts each
   * @param widest cells of a column at most; longer texts end in an ellipsis
   * @return lines, each ended by a line feed
   */
  public static String print(List<String> header, List<List<String>> rows, int widest) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header.stream().map(text -> fit(text, widest)).toList());
    for (List<String> row : rows) {
      lines.add(row.stream().map(text -> fit(text, widest)).toList());
    }
    int[] widths = new int[header.size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(line.get(column)));
      }
    }
    StringBuilder rule = new StringBuilder("+");
    for (int width : widths) {
      rule.append("-".repeat(width + 2)).append('+');
    }
    StringBuilder out = new StringBuilder();
    out.append(rule).append('\n');
    for (int i = 0; i < lines.size(); i++) {
      out.append('|');
      for (int column = 0; column < widths.length; column++) {
        String text = lines.get(i).get(column);
        out.append(' ').append(text).append(" ".repeat(widths[column] - width(text))).append(" |");
      }
      out.append('\n');
      if (i == 0 || i == lines.size() - 1) {
        out.append(rule).append('\n');
      }
    }
    return out.toString();
  }

  /** On one line and within the width. */
  private static String fit(String text, int widest) {
    StringBuilder out = new StringBuilder();
    int width = 0;
    int[] codePoints = text.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      String shown = visible(codePoints[i]);
      boolean last = i == codePoints.length - 1;
      if (width + width(shown) > (last ? widest : widest - 1)) {
        return out.append('…').toString();
      }
      out.append(shown);
      width += width(shown);
    }
    return out.toString();
  }

  private static String visible(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> Character.isISOControl(codePoint) ? "\uFFFD" : Character.toString(codePoint);
    };
  }

  /** Cells that a text takes. */
  public static int width(String text) {
    return text.codePoints().map(TablePrinter::width).sum();
  }

  /** Unicode's wide and full-width blocks, and the marks that take no cell (UAX #11). */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0x303E)
            || (c >= 0x3041 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1F64F)
            || (c >= 0x1F900 && c <= 0x1F9FF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
