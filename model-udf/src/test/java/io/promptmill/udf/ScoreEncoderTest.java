package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.engine.Request;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreEncoderTest {

  private static final TinyTokenizer WITH_BOS =
      new TinyTokenizer(true, "ab", " A", "Answer", ": A", "x y");
  private static final TinyTokenizer WITHOUT_BOS =
      new TinyTokenizer(false, "ab", " A", "Answer", ": A", "x y");

  @Test
  void contextAndContinuationAreHeadedByOneBos() {
    assertThat(encode(WITH_BOS, "ab", "c")).isEqualTo("[<bos>, ab] [c]");
    assertThat(encode(WITHOUT_BOS, "ab", "c")).isEqualTo("[ab] [c]");
  }

  @Test
  void trailingWhitespaceOfTheContextMovesToTheContinuation() {
    assertThat(encode(WITHOUT_BOS, "ab ", "A")).isEqualTo("[ab] [ A]");
    assertThat(encode(WITHOUT_BOS, "ab \n", "c")).isEqualTo("[ab] [ , \n, c]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x09, 0x1c, 0x85, 0xa0, 0x1680, 0x2007, 0x2028, 0x202f, 0x205f, 0x3000})
  void whitespaceIsWhatPythonStrips(int space) {
    Request.Score request =
        new ScoreEncoder(WITHOUT_BOS, false)
            .candidates(raw("c" + Character.toString(space)), List.of("d"));

    assertThat(request.context()).containsExactly('c');
    assertThat(WITHOUT_BOS.decode(request.continuations().get(0), false))
        .isEqualTo(Character.toString(space) + "d");
  }

  @Test
  void aZeroWidthSpaceIsNoWhitespace() {
    Request.Score request =
        new ScoreEncoder(WITHOUT_BOS, false).candidates(raw("c\u200b"), List.of("d"));

    assertThat(request.continuations().get(0)).containsExactly('d');
  }

  /** lm-eval takes whole[len(ctx):] whether or not a token grew across the border. */
  @Test
  void tokensThatMergeAcrossTheBorderFollowTheRuleLiterally() {
    assertThat(encode(WITHOUT_BOS, "Answer:", " A1")).isEqualTo("[Answer, :] [1]");
    assertThat(encode(WITHOUT_BOS, "a", "bc")).isEqualTo("[a] [c]");
  }

  @Test
  void anEmptyContextIsBosElseEos() {
    assertThat(encode(WITH_BOS, "", "ab")).isEqualTo("[<bos>] [ab]");
    assertThat(encode(WITHOUT_BOS, "", "ab")).isEqualTo("[<bos>] [ab]");
    assertThat(encode(WITH_BOS, " ", "A")).isEqualTo("[<bos>] [ A]");
  }

  @Test
  void specialTokensInRawTextStayText() {
    assertThat(encode(WITH_BOS, "<user>", "<eos>"))
        .isEqualTo("[<bos>, <, u, s, e, r, >] [<, e, o, s, >]");
  }

  @Test
  void anEmptyContextOfATokenizerWithoutBosAndEosIsRefused() {
    assertThatThrownBy(() -> encode(new TinyTokenizer(List.of("ab"), List.of(), false), "", "ab"))
        .isInstanceOf(PromptmillException.class)
        .hasMessageContaining("neither BOS nor EOS");
  }

  @Test
  void aContinuationWithoutATokenOfItsOwnIsRefused() {
    assertThatThrownBy(() -> encode(WITHOUT_BOS, "a", "c", "b"))
        .isInstanceOf(PromptmillException.class)
        .hasMessage(
            "candidate 1: expected at least one token beyond the prompt's 1, found none in 'b'")
        .satisfies(
            thrown ->
                assertThat(((PromptmillException) thrown).code())
                    .isEqualTo(ErrorCode.CANDIDATES_INVALID));
  }

  @Test
  void aChatPromptKeepsItsSpecialTokensAndThoseOfTheCandidateStayText() {
    int[] tokens = WITH_BOS.encodeWithSpecialTokens("<bos><user>é😀ab<user>");
    tokens =
        IntStream.concat(Arrays.stream(tokens), Arrays.stream(WITH_BOS.encode("<eos>: ")))
            .toArray();

    Request.Score request =
        new ScoreEncoder(WITH_BOS, false)
            .candidates(new Prompt.Tokens(tokens), List.of("A<user>", "B"));

    assertThat(request.context()).containsExactly(Arrays.copyOf(tokens, tokens.length - 1));
    assertThat(request.continuations()).hasSize(2);
    assertThat(WITH_BOS.pieces(request.continuations().get(0)))
        .containsExactly("<", "u", "s", "e", "r", ">");
    assertThat(WITH_BOS.pieces(request.continuations().get(1))).containsExactly(" ", "B");
  }

  @Test
  void theWholeTextIsPredictedWithoutItsBos() {
    List<Request.Score> windows = new ScoreEncoder(WITH_BOS, true).wholeText(raw("abc"), 64);

    assertThat(windows).hasSize(1);
    assertThat(WITH_BOS.pieces(windows.get(0).context())).containsExactly("<bos>");
    assertThat(WITH_BOS.pieces(windows.get(0).continuations().get(0))).containsExactly("ab", "c");
    assertThat(windows.get(0).tokenLogprobs()).isTrue();
  }

  private static String encode(TinyTokenizer tokenizer, String context, String... candidates) {
    Request.Score request =
        new ScoreEncoder(tokenizer, false).candidates(raw(context), List.of(candidates));
    return WITH_BOS.pieces(request.context())
        + " "
        + WITH_BOS.pieces(request.continuations().get(0));
  }

  private static Prompt raw(String text) {
    return new Prompt.Raw(text);
  }
}
