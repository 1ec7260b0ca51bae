package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.Document;
import io.promptmill.text.python.PythonRegex;
import io.promptmill.text.python.PythonText;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters that find the answer within a text. */
final class ExtractionFilters {
  static final String NUMBER_AFTER_HASHES = "#### (\\-?[0-9\\.\\,]+)";
  static final String INVALID = "[invalid]";
  private static final PythonRegex TAGGED_TOKENS =
      PythonRegex.compile("\\('([^']*)', '([^']*)'\\)");

  private ExtractionFilters() {}

  /**
   * The {@code group_select}-th match, from the end if negative; of its groups the first filled.
   */
  static Filter regex(Arguments arguments) {
    PythonRegex regex = arguments.regex("regex_pattern", NUMBER_AFTER_HASHES);
    int select = arguments.integer("group_select", 0);
    Object fallback = arguments.any("fallback", INVALID);
    return extraction(
        fallback,
        answer -> {
          List<List<String>> matches = regex.findAll(answer instanceof String text ? text : "");
          int index = select < 0 ? matches.size() + select : select;
          // The harness ends with an error where there are too few matches.
          if (index < 0 || index >= matches.size()) {
            return fallback;
          }
          List<String> groups = matches.get(index);
          if (groups.size() == 1) {
            return PythonText.strip(groups.get(0));
          }
          return groups.stream()
              .filter(group -> !group.isEmpty())
              .findFirst()
              .<Object>map(PythonText::strip)
              .orElse(fallback);
        });
  }

  /** Tags of a list such as {@code [('cat', 'NOUN')]}. */
  static Filter partsOfSpeech(Arguments arguments) {
    arguments.regex("regex_pattern", "\\['(.*?)'\\]");
    arguments.integer("group_select", 0);
    Object given = arguments.any("fallback", null);
    Object fallback = given == null ? List.of("invalid") : given;
    return extraction(
        fallback,
        answer -> {
          List<String> tags =
              TAGGED_TOKENS.findAll(PythonText.str(answer)).stream().map(g -> g.get(1)).toList();
          return tags.isEmpty() ? fallback : tags;
        });
  }

  private static Filter extraction(Object notFound, UnaryOperator<Object> extract) {
    return new Filter() {
      @Override
      public Object apply(Object answers, Document document) {
        return Filter.changeEach(answers, extract);
      }

      @Override
      public Set<Object> notFound() {
        return Collections.singleton(notFound);
      }
    };
  }
}
