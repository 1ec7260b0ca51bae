package io.promptmill.spark.translation;

/** What programs fill in later, in the notations of the common template and string formats. */
final class Placeholders {
  /** The list in {@code docs/translate.md} says the same. */
  static final String PATTERN =
      String.join(
          "|",
          // Mustache, Handlebars, Jinja, Vue, Angular; Jinja and Liquid statements
          "\\{{2,3}[^{}\\n]{1,200}\\}{2,3}",
          "\\{%[^{}\\n]{1,200}%\\}",
          // shells, JavaScript, Java, Ruby
          "[$#%]\\{[^{}\\n]{1,200}\\}",
          // Python, .NET, Java's MessageFormat, ICU without nested texts
          "\\{[A-Za-z0-9_.$\\[\\]-]{0,100}(?:![rsa])?(?:[:,][^{}\\n]{0,100})?\\}",
          // Python by name
          "%\\([A-Za-z0-9_.]{1,100}\\)[-+#0]{0,4}[0-9]{0,4}[diouxXeEfFgGcrsa]",
          // Windows
          "%[A-Z][A-Z0-9_]{1,60}%",
          // printf; 100% is a number
          "(?<![0-9０-９%])%(?:%|(?:[0-9]{1,3}\\$)?[-+#0]{0,4}[0-9]{0,4}(?:\\.[0-9]{1,4})?"
              + "(?:hh|h|ll|l|L|j|z|t)?[diouxXeEfFgGaAcsSp@](?![A-Za-z]))",
          // shells and PHP
          "(?<![A-Za-z0-9])\\$[A-Za-z_][A-Za-z0-9_]{0,60}",
          // Laravel, Rails routes, SQL parameters
          "(?<![^\\s(\"'])[:][a-z][a-z0-9_]{1,60}(?![A-Za-z0-9_:])",
          // constants between underscores
          "__[A-Z][A-Z0-9_]{0,60}__",
          // escapes in string tables
          "\\\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt\"'\\\\])");

  private Placeholders() {}
}
