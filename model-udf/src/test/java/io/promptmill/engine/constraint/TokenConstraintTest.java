package io.promptmill.engine.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenConstraintTest {
  private static final String CHINESE = "“中国人民”, 答案是：好。 {\"姓名\":\"王\"} yes no 12";

  @ParameterizedTest
  @ValueSource(strings = {"中国(人民|好)+", "[一-龥]{1,4}。?", "(yes|no) [0-9]{1,2}", "[^,]*, .*"})
  void aMaskHasExactlyTheTokensWhoseBytesLeadOn(String regex) {
    Random random = new Random(3);
    ByteVocabulary tokens = ByteVocabulary.pieces(CHINESE, 300, random);
    Dfa dfa = Constraints.automaton(new OutputConstraint.Regex(regex));
    TokenConstraint constraint = new TokenConstraint(dfa, new Vocabulary(tokens));
    for (int state = 0; state < dfa.size(); state++) {
      TokenMask mask = constraint.allowed(state, 1000);
      for (int token = 0; token < tokens.size(); token++) {
        byte[] bytes = tokens.bytes(token);
        boolean leadsOn = bytes != null && dfa.next(state, bytes) != Dfa.DEAD;
        assertThat(mask.contains(token)).isEqualTo(leadsOn);
      }
      assertThat(mask.contains(tokens.size())).isFalse();
      assertThat(mask.isEmpty()).isEqualTo(!dfa.goesOn(state));
    }
  }

  @Test
  void whatNeedsManyTokensOnlyGetsOnesThatLeadNearer() {
    ByteVocabulary tokens = ByteVocabulary.of("中国", "人民共和国", "中", "国人");
    TokenConstraint constraint = compile(new OutputConstraint.Choice(List.of("中国人民共和国")), tokens);
    assertThat(constraint.minTokens(true)).isEqualTo(2);

    assertThat(allowed(constraint.begin(2), tokens)).containsExactly(256);
    assertThat(allowed(constraint.begin(100), tokens)).containsExactly(0xe4, 256, 258);
    // 国 has no token, so that four more come behind 中 and six behind its first byte.
    assertThat(allowed(constraint.begin(5), tokens)).containsExactly(256, 258);
    assertThat(allowed(constraint.begin(4), tokens)).containsExactly(256);
  }

  @Test
  void aTokenMayBeginAndEndInsideCharacters() {
    byte[] inner = {(byte) 0xb8, (byte) 0xad, (byte) 0xe5};
    ByteVocabulary tokens = new ByteVocabulary(List.of(inner));
    ConstrainedText text = compile(new OutputConstraint.Choice(List.of("中国")), tokens).begin(10);
    text.accept(0xe4);
    assertThat(allowed(text, tokens)).containsExactly(0xb8, 256);
    text.accept(256);
    assertThat(allowed(text, tokens)).containsExactly(0x9b);
  }

  @Test
  void isCompleteOnlyWhereTheWholeFitsAndSaysWhenNothingMayFollow() {
    ByteVocabulary tokens = ByteVocabulary.of("yes");
    ConstrainedText text =
        compile(new OutputConstraint.Choice(List.of("yes", "yes!")), tokens).begin(10);
    assertThat(text.complete()).isFalse();
    assertThat(text.accept(256)).isTrue();
    assertThat(text.complete()).isTrue();
    assertThat(text.accept('!')).isFalse();
    assertThat(text.complete()).isTrue();
    assertThat(allowed(text, tokens)).isEmpty();
  }

  @Test
  void endsACompleteTextThatHasNoRoomToGrow() {
    ByteVocabulary tokens = ByteVocabulary.of();
    ConstrainedText text = compile(new OutputConstraint.Regex("a(bcde)?"), tokens).begin(3);
    assertThat(text.accept('a')).isFalse();
    assertThat(text.complete()).isTrue();
  }

  @Test
  void theEmptyTextNeedsATokenThatEndsIt() {
    TokenConstraint constraint = compile(new OutputConstraint.Regex("(abc)?"), ByteVocabulary.of());
    assertThat(constraint.minTokens(true)).isZero();
    assertThat(constraint.minTokens(false)).isEqualTo(3);
  }

  @Test
  void refusesAVocabularyThatCannotWriteEveryCharacter() {
    TokenBytes tokens =
        new TokenBytes() {
          @Override
          public int size() {
            return 256;
          }

          @Override
          public byte[] bytes(int tokenId) {
            return tokenId == 0xe4 ? null : new byte[] {(byte) tokenId};
          }
        };
    assertThatThrownBy(() -> new Vocabulary(tokens))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNSUPPORTED))
        .hasMessageContaining("of 256 tokens none is the byte 0xE4");
  }

  @Test
  void compilesAConstraintOnceAndForgetsThoseNotUsed() {
    Constraints constraints = new Constraints(ByteVocabulary.of());
    TokenConstraint first = constraints.of(new OutputConstraint.Regex("a")).orElseThrow();
    for (int i = 0; i < 15; i++) {
      constraints.of(new OutputConstraint.Regex("b{" + (i + 1) + "}"));
      assertThat(constraints.of(new OutputConstraint.Regex("a")).orElseThrow()).isSameAs(first);
    }
    for (int i = 0; i < 16; i++) {
      constraints.of(new OutputConstraint.Regex("c{" + (i + 1) + "}"));
    }
    assertThat(constraints.of(new OutputConstraint.Regex("a")).orElseThrow()).isNotSameAs(first);
    assertThat(constraints.of(OutputConstraint.NONE)).isEmpty();
  }

  @Test
  void refusesAConstraintOnceAsWell() {
    AtomicInteger compilations = new AtomicInteger();
    Constraints constraints =
        new Constraints(
            ByteVocabulary.of(),
            asked -> {
              compilations.incrementAndGet();
              return Constraints.automaton(asked);
            });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> constraints.of(new OutputConstraint.Regex("(a|b)*a(a|b){30}")))
          .isInstanceOfSatisfying(
              PromptmillException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
          .hasMessageContaining("the constraint is too large");
    }
    assertThat(compilations).hasValue(1);
  }

  @Test
  void nobodyWaitsForTheCompilationOfAnotherConstraint() {
    OutputConstraint slow = new OutputConstraint.Regex("slow");
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> released = new CompletableFuture<>();
    Constraints constraints =
        new Constraints(
            ByteVocabulary.of(),
            asked -> {
              if (asked.equals(slow)) {
                begun.complete(null);
                released.join();
              }
              return Constraints.automaton(asked);
            });
    CompletableFuture<Optional<TokenConstraint>> first =
        CompletableFuture.supplyAsync(() -> constraints.of(slow));
    begun.join();

    assertThat(constraints.of(new OutputConstraint.Regex("other"))).isPresent();

    released.complete(null);
    assertThat(first.join()).isEqualTo(constraints.of(slow));
  }

  @Test
  void choicesAreTextsAndNotEmpty() {
    assertThatThrownBy(() -> Constraints.check(new OutputConstraint.Choice(List.of())))
        .hasMessage("choice: expected at least one text, found none");
    assertThatThrownBy(() -> Constraints.check(new OutputConstraint.Choice(List.of("a", ""))))
        .hasMessage("choice: expected no empty text, found [a, ]");
    assertThatThrownBy(() -> Constraints.check(new OutputConstraint.Choice(List.of("\ud83d"))))
        .hasMessageContaining("unpaired surrogate");
  }

  private static TokenConstraint compile(OutputConstraint constraint, TokenBytes tokens) {
    return new Constraints(tokens).of(constraint).orElseThrow();
  }

  private static List<Integer> allowed(ConstrainedText text, TokenBytes tokens) {
    TokenMask mask = text.allowed();
    return IntStream.range(0, tokens.size()).filter(mask::contains).boxed().toList();
  }
}
