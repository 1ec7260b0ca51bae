package io.promptmill.spark.eval.score;

import io.promptmill.text.python.PythonText;
import java.util.List;
import java.util.regex.Pattern;

/** The tokenizers of sacreBLEU that need no data; each gives the tokens of a segment. */
enum BleuTokenizer {
  /** mteval-v13a, the default. */
  V13A("13a") {
    @Override
    List<String> tokens(String segment) {
      String line = segment.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
      line =
          line.replace("&quot;", "\"")
              .replace("&amp;", "&")
              .replace("&lt;", "<")
              .replace("&gt;", ">");
      return western(" " + line + " ");
    }
  },
  /** Each Chinese character by itself, the rest like 13a. */
  ZH("zh") {
    @Override
    List<String> tokens(String segment) {
      StringBuilder spaced = new StringBuilder();
      PythonText.strip(segment)
          .codePoints()
          .forEach(
              c -> {
                if (isChinese(c)) {
                  spaced.append(' ').appendCodePoint(c).append(' ');
                } else {
                  spaced.appendCodePoint(c);
                }
              });
      return western(spaced.toString());
    }
  },
  CHAR("char") {
    @Override
    List<String> tokens(String segment) {
      return PythonText.split(String.join(" ", PythonText.characters(segment)));
    }
  },
  NONE("none") {
    @Override
    List<String> tokens(String segment) {
      return PythonText.split(segment);
    }
  };

  private static final Pattern SYMBOL = Pattern.compile("([ -&(-+:-@\\[-`{-~/])");
  private static final Pattern MARK_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern MARK_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  /**
   * Pairs of first and last. Two of sacreBLEU's ranges were meant for planes 2 and 2F8 and are
   * written so that they cover U+2001 to U+2A6D and U+2F81 to U+2FA1: dashes and quotation marks
   * count as Chinese, and rare characters of plane 2 do not.
   */
  private static final int[] CHINESE = {
    0x2001, 0x2a6d, 0x2e80, 0x2eff, 0x2f00, 0x2fdf, 0x2ff0, 0x303f, 0x3100, 0x312f, 0x31a0, 0x31bf,
    0x31c0, 0x31ef, 0x3200, 0x33ff, 0x3400, 0x4db5, 0x4e00, 0x9fbb, 0xf900, 0xfa2d, 0xfa30, 0xfa6a,
    0xfa70, 0xfad9, 0xfe10, 0xfe1f, 0xfe30, 0xfe4f, 0xff00, 0xffef
  };

  private final String label;

  BleuTokenizer(String label) {
    this.label = label;
  }

  /** Name in {@code tokenize}. */
  String label() {
    return label;
  }

  abstract List<String> tokens(String segment);

  private static List<String> western(String line) {
    String spaced = SYMBOL.matcher(line).replaceAll(" $1 ");
    spaced = MARK_AFTER_NO_DIGIT.matcher(spaced).replaceAll("$1 $2 ");
    spaced = MARK_BEFORE_NO_DIGIT.matcher(spaced).replaceAll(" $1 $2");
    spaced = DASH_AFTER_DIGIT.matcher(spaced).replaceAll("$1 $2 ");
    return PythonText.split(spaced);
  }

  private static boolean isChinese(int c) {
    for (int i = 0; i < CHINESE.length; i += 2) {
      if (c >= CHINESE[i] && c <= CHINESE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
