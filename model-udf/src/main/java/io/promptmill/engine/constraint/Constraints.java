package io.promptmill.engine.constraint;

import io.promptmill.error.PromptmillException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The constraints of one vocabulary: each is compiled once, and those used last are kept.
 * Thread-safe.
 */
public final class Constraints {
  private static final int KEPT = 16;

  private final TokenBytes tokens;
  private final Map<OutputConstraint, TokenConstraint> compiled =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<OutputConstraint, TokenConstraint> eldest) {
          return size() > KEPT;
        }
      };
  private Vocabulary vocabulary;

  /**
   * @param tokens read when the first constraint is asked for
   */
  public Constraints(TokenBytes tokens) {
    this.tokens = tokens;
  }

  /**
   * The constraint over this vocabulary; empty for {@link OutputConstraint.None}.
   *
   * @throws PromptmillException as {@link #check}, or with {@code MODEL_UNSUPPORTED} if the
   *     vocabulary cannot write every text
   */
  public synchronized Optional<TokenConstraint> of(OutputConstraint constraint) {
    if (constraint instanceof OutputConstraint.None) {
      return Optional.empty();
    }
    TokenConstraint known = compiled.get(constraint);
    if (known == null) {
      if (vocabulary == null) {
        vocabulary = new Vocabulary(tokens);
      }
      known = new TokenConstraint(automaton(constraint), vocabulary);
      compiled.put(constraint, known);
    }
    return Optional.of(known);
  }

  /**
   * Checks a constraint without a vocabulary.
   *
   * @throws PromptmillException with {@code OPTION_INVALID} that names what is malformed, not
   *     supported or too large, and where, or if no text but the empty one fits
   */
  public static void check(OutputConstraint constraint) {
    if (!(constraint instanceof OutputConstraint.None)) {
      automaton(constraint);
    }
  }

  static Dfa automaton(OutputConstraint constraint) {
    Dfa dfa = SubsetConstruction.of(NfaBuilder.build(expression(constraint)));
    if (dfa.size() == 0 || !dfa.goesOn(Dfa.START)) {
      throw ConstraintErrors.invalid(
          "constraint: expected one that some text fits, found that none but the empty one does: "
              + constraint);
    }
    return dfa;
  }

  private static Expression expression(OutputConstraint constraint) {
    if (constraint instanceof OutputConstraint.Choice choice) {
      return choice(choice.texts());
    } else if (constraint instanceof OutputConstraint.Regex regex) {
      return new RegexParser(regex.pattern(), "regex").fullMatch();
    } else if (constraint instanceof OutputConstraint.JsonSchema schema) {
      return new JsonSchemaParser(schema.schema()).parse();
    }
    throw new IllegalArgumentException("nothing is asked for by " + constraint);
  }

  private static Expression choice(List<String> texts) {
    if (texts.isEmpty()) {
      throw ConstraintErrors.invalid("choice: expected at least one text, found none");
    }
    for (String text : texts) {
      if (text.isEmpty()) {
        throw ConstraintErrors.invalid("choice: expected no empty text, found " + texts);
      }
      try {
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      } catch (CharacterCodingException e) {
        throw ConstraintErrors.invalid(
            "choice: expected well-formed Unicode, found an unpaired surrogate in '" + text + "'");
      }
    }
    return new Expression.Alternatives(
        texts.stream().<Expression>map(Expression.Literal::new).toList());
  }
}
