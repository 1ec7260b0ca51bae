package io.promptmill.spark.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts the page together from its resources and its data. */
final class Page {
  private static final String FOLDER = "/promptmill/report/";

  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "dom.js",
          "data.js",
          "view.js",
          "header.js",
          "scores.js",
          "compare.js",
          "checks.js",
          "plots.js",
          "samples.js",
          "answer.js",
          "main.js");

  private Page() {}

  /**
   * @param summary JSON that is safe in a script element, as the next
   * @param samples JSON array, in parts
   */
  static void write(Writer out, String summary, Iterable<String> samples) throws IOException {
    String template = resource("page.html");
    StringBuilder scripts = new StringBuilder("'use strict';\n");
    for (String script : SCRIPTS) {
      scripts.append(resource(script));
    }
    int from = 0;
    for (String slot : List.of("style", "summary", "samples", "script")) {
      String mark = "{{" + slot + "}}";
      int at = template.indexOf(mark, from);
      out.write(template, from, at - from);
      switch (slot) {
        case "style" -> out.write(resource("page.css"));
        case "summary" -> out.write(summary);
        case "samples" -> writeArray(out, samples);
        default -> out.append(scripts);
      }
      from = at + mark.length();
    }
    out.write(template.substring(from));
  }

  private static void writeArray(Writer out, Iterable<String> elements) throws IOException {
    String separator = "[\n";
    for (String element : elements) {
      out.write(separator);
      out.write(element);
      separator = ",\n";
    }
    out.write(separator.startsWith("[") ? "[]" : "\n]");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
