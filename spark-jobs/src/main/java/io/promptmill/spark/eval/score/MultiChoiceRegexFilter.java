package io.promptmill.spark.eval.score;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.text.python.PythonRegex;
import io.promptmill.text.python.PythonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the letter of a choice, {@code (A)}: by the given pattern, else by a choice's text, else by
 * a letter after a colon.
 */
final class MultiChoiceRegexFilter implements Filter {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}");

  private final PythonRegex regex;
  private final int select;
  private final Object fallback;
  private final boolean ignoreCase;
  private final boolean ignorePunctuation;
  private final List<PythonRegex> ignored;

  MultiChoiceRegexFilter(Arguments arguments) {
    this.regex = arguments.regex("regex_pattern", ExtractionFilters.NUMBER_AFTER_HASHES);
    this.select = arguments.integer("group_select", 0);
    this.fallback = arguments.any("fallback", ExtractionFilters.INVALID);
    this.ignoreCase = arguments.flag("ignore_case");
    this.ignorePunctuation = arguments.flag("ignore_punctuation");
    this.ignored = arguments.regexes("regexes_to_ignore");
  }

  @Override
  public Object apply(Object answers, Document document) {
    Map<String, String> letters = new HashMap<>();
    Map<String, String> labels = new HashMap<>();
    List<String> texts = new ArrayList<>();
    int letter = 'A';
    for (Object choice : choices(document)) {
      String text = normalized(PythonText.strip(PythonText.str(choice)));
      String label = Character.toString(letter++);
      texts.add(text);
      letters.put(text, "(" + label + ")");
      labels.put(label, "(" + label + ")");
    }
    // Longest first, because the first alternative that fits wins.
    Pattern byText =
        Pattern.compile(
            texts.stream()
                .sorted(Comparator.comparingInt(PythonText::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    PythonRegex byLetter =
        PythonRegex.compile(":[\\s]*(" + String.join("|", labels.keySet()) + ")");
    return Filter.changeEach(
        answers,
        answer -> {
          String text = answer instanceof String found ? found : "";
          String match = chosen(regex.findAll(text));
          if (match.isEmpty()) {
            String found =
                chosen(byText.matcher(normalized(text)).results().map(MatchResult::group).toList());
            match = letters.getOrDefault(found, found);
          }
          if (match.isEmpty()) {
            String found = chosen(byLetter.findAll(text));
            match = labels.getOrDefault(found, found);
          }
          return match.isEmpty() ? fallback : match;
        });
  }

  @Override
  public Set<Object> notFound() {
    return Collections.singleton(fallback);
  }

  /** A match is a text, or the texts of its groups. */
  private String chosen(List<?> matches) {
    int index = select < 0 ? matches.size() + select : select;
    if (index < 0 || index >= matches.size()) {
      return "";
    }
    List<?> groups =
        matches.get(index) instanceof List<?> list ? list : List.of(matches.get(index));
    return groups.stream()
        .map(String.class::cast)
        .filter(group -> !group.isEmpty())
        .findFirst()
        .map(PythonText::strip)
        .orElse("");
  }

  private String normalized(String text) {
    String kept = text;
    for (PythonRegex pattern : ignored) {
      kept = pattern.removeFrom(kept);
    }
    kept = ignoreCase ? PythonText.lower(kept) : kept;
    return ignorePunctuation ? PUNCTUATION.matcher(kept).replaceAll("") : kept;
  }

  private static List<?> choices(Document document) {
    if (document.fields().get("choices") instanceof List<?> choices) {
      return choices;
    }
    throw new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "filter 'multi_choice_regex': expected a field 'choices' with a list in each document,"
            + " found fields "
            + String.join(", ", document.fields().keySet()));
  }
}
