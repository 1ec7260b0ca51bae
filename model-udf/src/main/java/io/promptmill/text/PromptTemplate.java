package io.promptmill.text;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A text over columns, such as {@code "Question: {question}\nAnswer:"}; doubled braces are literal
 * braces. Values are put in as they are and never read as a template. Immutable.
 */
public final class PromptTemplate {

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Column(String name) implements Part {}

  private final List<Part> parts;
  private final List<String> columns;

  private PromptTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
    columns =
        parts.stream()
            .filter(Column.class::isInstance)
            .map(part -> ((Column) part).name())
            .distinct()
            .toList();
  }

  /**
   * @throws PromptmillException with {@code OPTION_INVALID} naming the position of a brace without
   *     partner or of an empty name
   */
  public static PromptTemplate parse(String template) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '{' && c != '}') {
        literal.append(c);
        at++;
      } else if (template.startsWith(String.valueOf(c), at + 1)) {
        literal.append(c);
        at += 2;
      } else if (c == '}') {
        throw invalid(template, at, "'}' without '{' (write '}}' for a literal brace)");
      } else {
        int end = endOfName(template, at);
        parts.add(new Literal(literal.toString()));
        literal.setLength(0);
        parts.add(new Column(template.substring(at + 1, end)));
        at = end + 1;
      }
    }
    parts.add(new Literal(literal.toString()));
    return new PromptTemplate(parts);
  }

  private static int endOfName(String template, int open) {
    int end = template.indexOf('}', open);
    int nested = template.indexOf('{', open + 1);
    if (end < 0 || (nested >= 0 && nested < end)) {
      throw invalid(template, open, "'{' without '}' (write '{{' for a literal brace)");
    }
    if (template.substring(open + 1, end).isBlank()) {
      throw invalid(template, open, "'{}' without a column name");
    }
    return end;
  }

  private static PromptmillException invalid(String template, int position, String problem) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "prompt template must have balanced braces around column names, found %s at index %d of \"%s\""
            .formatted(problem, position, template));
  }

  /** Names of the columns that the template reads, each once, in order of appearance. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The prompt of one row.
   *
   * @param value text of a column by its name
   * @throws PromptmillException with {@code TEMPLATE_FAILED} naming a column whose value is null
   */
  public String render(Function<String, String> value) {
    StringBuilder prompt = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        prompt.append(literal.text());
      } else if (part instanceof Column column) {
        String text = value.apply(column.name());
        if (text == null) {
          throw new PromptmillException(
              ErrorCode.TEMPLATE_FAILED,
              "prompt template needs a value in column " + column.name() + ", found null");
        }
        prompt.append(text);
      }
    }
    return prompt.toString();
  }
}
