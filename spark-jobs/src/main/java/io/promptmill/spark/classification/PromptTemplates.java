package io.promptmill.spark.classification;

import java.util.Map;

/** Templates of prompts: how names in braces become text or columns. */
final class PromptTemplates {
  private PromptTemplates() {}

  /** A column, as a template reads it. */
  static String column(String name) {
    return "{" + name + "}";
  }

  /** A text, as a template says it. */
  static String literal(String text) {
    return text.replace("{", "{{").replace("}", "}}");
  }

  /**
   * Puts parts of templates in place of names in braces; doubled braces and other names stay.
   *
   * @param parts by name
   */
  static String fill(String template, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      int end = template.indexOf('}', at);
      if ((c == '{' || c == '}') && template.startsWith(String.valueOf(c), at + 1)) {
        filled.append(c).append(c);
        at += 2;
      } else if (c == '{' && end > 0 && parts.containsKey(template.substring(at + 1, end))) {
        filled.append(parts.get(template.substring(at + 1, end)));
        at = end + 1;
      } else {
        filled.append(c);
        at++;
      }
    }
    return filled.toString();
  }
}
