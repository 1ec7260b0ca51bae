package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedSpansTest {
  private static List<String> found(String text) {
    return Spans.ALL.find(text).stream().map(span -> span.in(text)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{0}",
        "{name}",
        "{user.name}",
        "{price:.2f}",
        "{0:N2}",
        "{when,date,short}",
        "{x!r}",
        "{{ name }}",
        "{{{raw}}}",
        "{% if x %}",
        "${name}",
        "#{name}",
        "%{name}",
        "%(name)s",
        "%s",
        "%1$d",
        "%-5.2f",
        "%%",
        "%PATH%",
        "$HOME",
        "__NAME__",
        "\\n",
        "\\u00e9",
        "<b>",
        "</b>",
        "<br/>",
        "<a href='x' title=\"a > b\">",
        "<my:tag x='1'>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE html>",
        "**",
        "~~",
        "&amp;",
        "&#160;",
        "&#xA0;",
        "https://example.com/a?b=c&d=%20#e",
        "www.example.com/x",
        "s3a://bucket/key",
        "jane.doe+x@mail.example.org",
        "`code {x}`",
        "``a ` b``",
        "<code>int x;</code>",
        "<!-- note -->",
        "5",
        "1,234.56",
        "1.234,56",
        "2026-11-25",
        "10:30",
        "1/2",
        "50%",
        "２０％",
        "1’000"
      })
  void isOneSpan(String span) {
    assertThat(found(span)).containsExactly(span);
    assertThat(found("Word " + span + " word.")).containsExactly(span);
    assertThat(found("词" + span + "，词")).first().isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b and c > d",
        "100 people and",
        "if {this is prose, say} so",
        "v2 H2O A4",
        "AT&T; R&D",
        "a:b 10km",
        "it costs $",
        "a * b",
        "{\"json\": true}",
        "x_1",
        "at 5pm",
        "http:// is",
        "@home"
      })
  void proseHoldsNumbersAtMost(String prose) {
    assertThat(found(prose)).allMatch(span -> Character.isDigit(span.charAt(0)));
  }

  @Test
  void aFullStopAfterAnAddressOrNumberIsNotPartOfIt() {
    assertThat(found("See https://a.b/c. Pay 5. Ask a@b.org, or (https://d.e/f)!"))
        .containsExactly("https://a.b/c", "5", "a@b.org", "https://d.e/f");
    assertThat(found("访问https://a.b/c。")).containsExactly("https://a.b/c");
  }

  @Test
  void aNameAfterAColonIsAPlaceholderWhereAWordCouldStand() {
    assertThat(found(":count of :total, (:unit) :smile: note:this 名称:value"))
        .containsExactly(":count", ":total", ":unit");
  }

  @Test
  void linksOfMarkdownKeepTheirTargetAndLoseNoText() {
    assertThat(found("See [the docs](docs/a.md) and ![b](c.png)."))
        .containsExactly("[", "](docs/a.md)", "![", "](c.png)");
  }

  @Test
  void anOpenFenceGoesToTheEndAndAnOpenElementIsATag() {
    assertThat(found("a\n```\nb {c}")).containsExactly("```\nb {c}");
    assertThat(found("the <code> tag")).containsExactly("<code>");
    assertThat(found("a ` b")).isEmpty();
  }

  @Test
  void onlyTheKindsThatAreWantedAreFound() {
    ProtectedSpans numbers = new ProtectedSpans(EnumSet.of(SpanKind.NUMBER));

    assertThat(numbers.find("<b> {x} 5 `6`")).extracting(Span::kind).containsOnly(SpanKind.NUMBER);
    assertThat(new ProtectedSpans(Set.of()).find("<b> {x} 5")).isEmpty();
  }
}
