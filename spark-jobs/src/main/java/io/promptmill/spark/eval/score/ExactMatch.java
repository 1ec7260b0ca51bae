package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.EvaluationItem;
import io.promptmill.text.python.PythonRegex;
import io.promptmill.text.python.PythonText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether answer and target are the same text, after both went through: {@code regexes_to_ignore}
 * in order, {@code ignore_case}, {@code ignore_punctuation} and {@code ignore_numbers} (ASCII).
 */
final class ExactMatch implements Metric {
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]");

  private final List<PythonRegex> ignored;
  private final boolean ignoreCase;
  private final boolean ignorePunctuation;
  private final boolean ignoreNumbers;

  ExactMatch(Arguments arguments) {
    this.ignored = arguments.regexes("regexes_to_ignore");
    this.ignoreCase = arguments.flag("ignore_case");
    this.ignorePunctuation = arguments.flag("ignore_punctuation");
    this.ignoreNumbers = arguments.flag("ignore_numbers");
  }

  @Override
  public SampleValue of(EvaluationItem item, List<Object> results) {
    Object answer = results.get(0);
    boolean same =
        answer != null && normalized(PythonText.str(answer)).equals(normalized(item.target()));
    return new SampleValue.Figure(same ? 1 : 0);
  }

  private String normalized(String text) {
    String kept = text;
    for (PythonRegex pattern : ignored) {
      kept = pattern.removeFrom(kept);
    }
    kept = ignoreCase ? PythonText.lower(kept) : kept;
    kept = ignorePunctuation ? PUNCTUATION.matcher(kept).replaceAll("") : kept;
    return ignoreNumbers ? DIGITS.matcher(kept).replaceAll("") : kept;
  }
}
