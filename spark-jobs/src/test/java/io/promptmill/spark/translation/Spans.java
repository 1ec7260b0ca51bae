package io.promptmill.spark.translation;

import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts full of what translations must keep, whole and broken. */
final class Spans {
  static final ProtectedSpans ALL = new ProtectedSpans(EnumSet.allOf(SpanKind.class));

  private Spans() {}

  static SpannedText in(String text) {
    return new SpannedText(text, ALL.find(text));
  }

  /** Spans and halves of spans between words in several scripts and all kinds of white space. */
  static Arbitrary<String> texts() {
    return Arbitraries.of(
            List.of(
                "word",
                "Word",
                "猫",
                "今天",
                "ไทย",
                "😀",
                "é",
                " ",
                "  ",
                "\n",
                "\r\n",
                "\u2028",
                "\t",
                "　",
                ". ",
                "! ",
                "。",
                "？",
                ", ",
                "，",
                "e.g. ",
                "- ",
                "1. ",
                "> ",
                "# ",
                "|",
                "\\|",
                "5",
                "1,234.5",
                "２０%",
                "2026-11-25",
                "{x}",
                "{{ y }}",
                "${z}",
                "%s",
                "%1$d",
                "%",
                "s",
                "{",
                "}",
                "$",
                ":name",
                "__A__",
                "\\n",
                "<b>",
                "</b>",
                "<p>",
                "</p>",
                "<br/>",
                "<a href=\"u > v\">",
                "<",
                ">",
                "</",
                "<!-- c -->",
                "<!--",
                "<code>k</code>",
                "<pre>",
                "</pre>",
                "`",
                "``",
                "\n```\n",
                "**",
                "~~",
                "[",
                "](u)",
                "![",
                "&amp;",
                "&nbsp;",
                "&",
                ";",
                "https://a.b/c?d=1.",
                "www.a.de",
                "a@b.org",
                "@"))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
