package io.promptmill.text.python;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of Python's {@code re} with the functions that tasks of evaluation call. */
public final class PythonRegex {
  /** A group by number or name, or another escape. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\\\(?:([1-9][0-9]?)|g<(\\w+)>|([\\s\\S]))");

  private final String source;
  private final Map<String, Integer> names;
  private final Pattern pattern;
  private final Pattern notEmpty;

  private PythonRegex(String source, PythonRegexSyntax syntax) {
    this.source = source;
    String translated = syntax.translate();
    this.names = syntax.names();
    int flags = Pattern.UNIX_LINES | Pattern.UNICODE_CASE;
    this.pattern = Pattern.compile(translated, flags);
    this.notEmpty = Pattern.compile("(?:" + translated + ")(?!\\G)", flags);
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the pattern is malformed,
   *     or means what Java's expressions cannot
   */
  public static PythonRegex compile(String source) {
    try {
      return new PythonRegex(source, new PythonRegexSyntax(source));
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
  public List<List<String>> findAll(String text) {
    return matches(text).stream().map(PythonRegex::groups).toList();
  }

  /** {@code re.sub(pattern, "", text)}. */
  public String removeFrom(String text) {
    return replaceIn(text, match -> "", Integer.MAX_VALUE);
  }

  /**
   * {@code re.sub(pattern, replacement, text, count)}.
   *
   * @param replacement with {@code \\1}, {@code \\g<1>} and {@code \\g<name>} for groups
   * @param count of matches to replace at most, 0 for all
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for a group that is not there
   *     or another escape than these, {@code \\n}, {@code \\t} and {@code \\\\}
   */
  String replaceIn(String text, String replacement, int count) {
    return replaceIn(
        text, match -> expanded(replacement, match), count == 0 ? Integer.MAX_VALUE : count);
  }

  private String expanded(String replacement, MatchResult match) {
    return REFERENCE
        .matcher(replacement)
        .replaceAll(
            escape -> {
              String group = Objects.requireNonNullElse(escape.group(1), escape.group(2));
              return Matcher.quoteReplacement(
                  group == null
                      ? literal(escape.group(3), replacement)
                      : text(match, group, replacement));
            });
  }

  private static String literal(String escaped, String replacement) {
    return switch (escaped) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "\\" -> "\\";
      default -> throw invalid(replacement, "unknown escape '\\" + escaped + "'");
    };
  }

  private String text(MatchResult match, String group, String replacement) {
    Integer number = group.matches("[0-9]+") ? Integer.valueOf(group) : names.get(group);
    if (number == null || number > match.groupCount()) {
      throw invalid(replacement, "the pattern '" + source + "' has no group '" + group + "'");
    }
    return Objects.requireNonNullElse(match.group(number), "");
  }

  private static PromptmillException invalid(String replacement, String problem) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "replacement '%s': %s".formatted(replacement, problem));
  }

  private String replaceIn(String text, Function<MatchResult, String> replacement, int count) {
    StringBuilder replaced = new StringBuilder();
    int end = 0;
    List<MatchResult> found = matches(text);
    for (MatchResult match : found.subList(0, Math.min(count, found.size()))) {
      replaced.append(text, end, match.start()).append(replacement.apply(match));
      end = match.end();
    }
    return replaced.append(text, end, text.length()).toString();
  }

  /** Number of pieces of {@code re.split}. */
  public int pieces(String text) {
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
