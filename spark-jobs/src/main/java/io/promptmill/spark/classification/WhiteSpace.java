package io.promptmill.spark.classification;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * White space around labels, wherever they come from: all of Unicode's, of which {@link
 * String#strip} leaves the non-breaking space and Spark's trim all but the blank.
 */
final class WhiteSpace {
  private static final String AROUND = "^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+\\z";
  private static final Pattern PATTERN = Pattern.compile(AROUND);

  private WhiteSpace() {}

  static String strip(String text) {
    return PATTERN.matcher(text).replaceAll("");
  }

  static Column strip(Column text) {
    return functions.regexp_replace(text, AROUND, "");
  }
}
