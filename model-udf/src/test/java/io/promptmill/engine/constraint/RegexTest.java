package io.promptmill.engine.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions as automata over bytes, beside those of java.util.regex. */
class RegexTest {
  private static final List<String> CHARACTERS =
      List.of("a", "b", "c", "1", " ", "_", "-", "\n", "é", "中", "国", "😀", "\u00a0");

  /** What both mean the same by. */
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "c",
          "1",
          "é",
          "中",
          "😀",
          ".",
          "\\d",
          "\\w",
          "\\s",
          "[ab]",
          "[^a]",
          "[a-c1]",
          "[一-龥]",
          "[^中\\n]",
          "[\\d_-]",
          "\\x61",
          "\\u4e2d",
          "\\x{1F600}",
          "\\n",
          "\\-",
          "[^\\n-a]");

  @Property(tries = 1500, seed = "-4172830174")
  void acceptsWhatTheLibraryMatches(
      @ForAll("expressions") String regex, @ForAll("texts") List<String> texts) {
    Dfa dfa = automaton(regex);
    Pattern pattern = Pattern.compile(regex);
    for (String text : texts) {
      assertThat(accepts(dfa, text))
          .as("'%s' against '%s'", text, regex)
          .isEqualTo(pattern.matcher(text).matches());
    }
  }

  @Property(tries = 500, seed = "99812")
  void aSearchAcceptsWhereTheLibraryFinds(
      @ForAll("expressions") String regex,
      @ForAll boolean start,
      @ForAll boolean end,
      @ForAll("texts") List<String> texts) {
    String anchored = (start ? "^" : "") + "(?:" + regex + ")" + (end ? "$" : "");
    Dfa dfa = dfa(new RegexParser(anchored, "pattern").search());
    Pattern pattern =
        Pattern.compile((start ? "\\A" : "") + "(?:" + regex + ")" + (end ? "\\z" : ""));
    for (String text : texts) {
      assertThat(accepts(dfa, text))
          .as("'%s' against '%s'", text, anchored)
          .isEqualTo(pattern.matcher(text).find());
    }
  }

  @Provide
  static Arbitrary<List<String>> texts() {
    return Arbitraries.of(CHARACTERS)
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .list()
        .ofSize(25);
  }

  @Provide
  static Arbitrary<String> expressions() {
    return nested(3);
  }

  private static Arbitrary<String> nested(int depth) {
    Arbitrary<String> atom = Arbitraries.of(ATOMS);
    if (depth == 0) {
      return atom;
    }
    Arbitrary<String> inner = nested(depth - 1);
    Arbitrary<String> quantifiers =
        Arbitraries.of("?", "*", "+", "{2}", "{0,2}", "{1,}", "*?", "+?");
    return Arbitraries.oneOf(
        atom,
        Combinators.combine(inner, inner).as((a, b) -> a + b),
        Combinators.combine(inner, inner).as((a, b) -> "(" + a + "|" + b + ")"),
        Combinators.combine(inner, quantifiers).as((a, many) -> "(?:" + a + ")" + many));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a(?=b)     | unsupported look-around at index 1
          (?<!a)b    | unsupported look-around at index 0
          (a)\\1     | unsupported back-reference at index 3
          (?<n>a)    | unsupported group at index 0
          (?i)a      | unsupported group at index 0
          a\\bc      | unsupported escape '\\b' at index 1
          \\p{L}     | unsupported escape '\\p' at index 0
          \\x4       | malformed code point at index 0
          \\ud83d    | expected a character, found the code point D83D at index 0
          a^b        | unsupported anchor inside the expression at index 1
          a$b        | unsupported anchor inside the expression at index 1
          (a$)       | unsupported anchor inside the expression at index 2
          *a         | nothing to repeat before '*' at index 0
          a**        | unsupported quantifier of a quantifier at index 2
          a{2,1}     | malformed quantifier at index 1
          a{,3}      | malformed quantifier at index 1
          a{99999}   | a quantifier above 10000 at index 1
          (ab        | missing ')' of the group that begins at index 0
          ab)        | unmatched ')' at index 2
          [ab        | missing ']' of the class that begins at index 0
          []         | empty class at index 0
          [z-a]      | range out of order at index 1
          [a[b]]     | unsupported nested class or unescaped '[' in a class at index 2
          [a&&b]     | unsupported nested class or unescaped '&' in a class at index 2
          """)
  void namesWhatItCannotReadAndWhere(String regex, String message) {
    // CSV blocks have no escapes: two backslashes stand for one.
    String read = regex.replace("\\\\", "\\");
    assertThatThrownBy(() -> automaton(read))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessage("regex: " + message.replace("\\\\", "\\") + " of '" + read + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\D", "\\W", "\\S", "[^\\d]", "[^\\w]", "[^\\s]"})
  void aComplementHoldsUnderBothReadingsOfItsClass(String regex) {
    Dfa dfa = automaton(regex);
    Pattern ascii = Pattern.compile(regex);
    Pattern unicode = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    int accepted = 0;
    for (int c = 0; c < 0x3100; c++) {
      String text = Character.toString(c);
      if (accepts(dfa, text)) {
        accepted++;
        assertThat(ascii.matcher(text).matches() && unicode.matcher(text).matches())
            .as("%04x", c)
            .isTrue();
      }
    }
    assertThat(accepted).isGreaterThan(100);
  }

  @Test
  void anchorsAtTheEndsSayNothingNewOfAWholeText() {
    Dfa dfa = automaton("^ab$|^c");
    assertThat(accepts(dfa, "ab")).isTrue();
    assertThat(accepts(dfa, "c")).isTrue();
    assertThat(accepts(dfa, "cx")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "^$", "(?:)*"})
  void refusesAnExpressionThatOnlyTheEmptyTextFits(String regex) {
    assertThatThrownBy(() -> automaton(regex)).hasMessageContaining("none but the empty one does");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:(?:a{1000}){1000}){1000}",
        "(?:.{0,9999}){0,9999}",
        ".*a.{40}",
        "(.*a){3000}",
        "(.*a){9000}",
        "(a|b)*a(a|b){30}",
        "(?:[acegikmoqsuwyACEGIKMOQSUWY]{100}){200}(?:[bdfhjlnprtvxzBDFHJLNPRTVXZ02468]{1000}){60}"
      })
  void refusesWhatGrowsTooLargeBeforeItHasGrown(String regex) {
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> automaton(regex))
                .isInstanceOf(PromptmillException.class)
                .hasMessageContaining("the constraint is too large"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(.*a){200}", ".{0,9999}", "(a|b)*a(a|b){12}", "[一-龥]{1,500}(,[一-龥]{1,500})*"})
  void takesWhatIsLargeWithinReason(String regex) {
    assertThat(automaton(regex).size()).isGreaterThan(100);
  }

  @Test
  void aClassOfManyCharactersIsReadInOneGo() {
    StringBuilder regex = new StringBuilder("[");
    for (int c = 0x4e00; c < 0x9000; c += 2) {
      regex.appendCodePoint(c);
    }
    Dfa dfa = assertTimeout(Duration.ofSeconds(5), () -> automaton(regex + "]"));
    assertThat(accepts(dfa, "\u4e00")).isTrue();
    assertThat(accepts(dfa, "\u4e01")).isFalse();
  }

  private static Dfa automaton(String regex) {
    return Constraints.automaton(new OutputConstraint.Regex(regex));
  }

  private static Dfa dfa(Expression expression) {
    return NfaBuilder.compile(expression, new CompileBudget());
  }

  static boolean accepts(Dfa dfa, String text) {
    int state =
        dfa.size() == 0 ? Dfa.DEAD : dfa.next(Dfa.START, text.getBytes(StandardCharsets.UTF_8));
    return state != Dfa.DEAD && dfa.accepting(state);
  }
}
