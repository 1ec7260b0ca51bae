package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of Python's {@code re} with the functions that filters and metrics call. */
final class PythonRegex {
  private final String source;
  private final Pattern pattern;
  private final Pattern notEmpty;

  private PythonRegex(String source, String translated) {
    this.source = source;
    int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CASE;
    this.pattern = Pattern.compile(translated, flags);
    this.notEmpty = Pattern.compile("(?:" + translated + ")(?!\\G)", flags);
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the pattern is malformed,
   *     or means what Java's expressions cannot
   */
  static PythonRegex compile(String source) {
    try {
      return new PythonRegex(source, new PythonRegexSyntax(source).translate());
    } catch (PatternSyntaxException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "pattern '%s': %s near index %d"
              .formatted(source, e.getDescription(), Math.max(0, e.getIndex())),
          e);
    }
  }

  /**
   * {@code re.findall}: for each match the texts of its groups, or the whole match as the only one
   * if the pattern has no groups; a group without part in the match is empty.
   */
  List<List<String>> findAll(String text) {
    return matches(text).stream().map(PythonRegex::groups).toList();
  }

  /** {@code re.sub(pattern, "", text)}. */
  String removeFrom(String text) {
    StringBuilder kept = new StringBuilder();
    int end = 0;
    for (MatchResult match : matches(text)) {
      kept.append(text, end, match.start());
      end = match.end();
    }
    return kept.append(text, end, text.length()).toString();
  }

  /** Number of pieces of {@code re.split}. */
  int pieces(String text) {
    return 1 + matches(text).size();
  }

  private static List<String> groups(MatchResult match) {
    if (match.groupCount() == 0) {
      return List.of(match.group());
    }
    List<String> groups = new ArrayList<>();
    for (int group = 1; group <= match.groupCount(); group++) {
      groups.add(match.group(group) == null ? "" : match.group(group));
    }
    return groups;
  }

  private List<MatchResult> matches(String text) {
    List<MatchResult> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    Matcher here = notEmpty.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
    try {
      int from = 0;
      while (from <= text.length() && matcher.find(from)) {
        MatchResult match = matcher.toMatchResult();
        found.add(match);
        from = match.end();
        if (match.start() == match.end()) {
          // Python looks for a match that is not empty at the same place before it moves on.
          if (here.region(from, text.length()).lookingAt()) {
            found.add(here.toMatchResult());
            from = here.end();
          } else {
            from = from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
          }
        }
      }
      return found;
    } catch (StackOverflowError e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "pattern '%s' recurses too deeply on a text of %d characters; repeat a character class"
                  .formatted(source, text.length())
              + " such as [\\s\\S] rather than a group",
          e);
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
