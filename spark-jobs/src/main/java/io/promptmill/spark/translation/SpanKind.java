package io.promptmill.spark.translation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Kinds of text that a translation leaves as it is, in order of precedence where two begin at the
 * same place. Every repetition in the patterns is bounded, so that finding takes time linear in the
 * text.
 */
public enum SpanKind {
  /** Found by {@link CodeScanner}. */
  CODE("code", ""),
  /** ASCII only: in Chinese text a word may follow without a blank. */
  URL(
      "urls",
      "(?:(?:https?|ftp|file|s3a?|hdfs|gs|git|ssh)://|www\\.)"
          + "[!-~&&[^<>\"'`{}|\\\\^]]{0,2000}[A-Za-z0-9/#=&_~+%$@*-]"),
  EMAIL(
      "emails",
      "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}"),
  PLACEHOLDER("placeholders", Placeholders.PATTERN),
  /** Tags of HTML and XML, and of Markdown what encloses text: strong, struck out, links. */
  MARKUP(
      "markup",
      String.join(
          "|",
          "</?[A-Za-z][A-Za-z0-9:._-]{0,100}"
              + "(?:\\s(?:[^<>\"']{1,2000}+|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'){0,100}+)?/?>",
          "<[?!][A-Za-z\\[][^<>]{0,2000}>",
          "\\*\\*|~~",
          "!?\\[(?=[^\\[\\]\\n]{1,500}\\]\\([^()\\s]{1,2000}\\))",
          "(?<=[^\\[\\]\\n])\\]\\([^()\\s]{1,2000}\\)")),
  ENTITY("entities", "&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"),
  /** Digits with separators between them: amounts, dates, times, versions. */
  NUMBER(
      "numbers",
      "(?<![\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}0-9０-９_])[0-9０-９]{1,200}"
          + "(?:[.,:/'’\\u00a0\\u202f-][0-9０-９]{1,200}){0,20}[%％‰]?");

  private final String label;
  private final String pattern;

  SpanKind(String label, String pattern) {
    this.label = label;
    this.pattern = pattern;
  }

  /** Name in {@code --protect}. */
  public String label() {
    return label;
  }

  /** Empty for {@link #CODE}. */
  String pattern() {
    return pattern;
  }

  /** All labels, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(SpanKind::label).toList();
  }

  public static Optional<SpanKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
