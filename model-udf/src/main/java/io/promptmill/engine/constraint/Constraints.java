package io.promptmill.engine.constraint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * The constraints of one vocabulary: each is compiled, or refused, once, and those asked for last
 * are kept. Thread-safe; nobody waits for the compilation of another constraint.
 */
public final class Constraints {
  private static final int KEPT = 16;

  private final TokenBytes tokens;
  private final Function<OutputConstraint, Dfa> compiler;
  private final Map<OutputConstraint, FutureTask<TokenConstraint>> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<OutputConstraint, FutureTask<TokenConstraint>> eldest) {
          return size() > KEPT;
        }
      };
  private Vocabulary vocabulary;

  /**
   * @param tokens read when the first constraint is asked for
   */
  public Constraints(TokenBytes tokens) {
    this(tokens, Constraints::automaton);
  }

  Constraints(TokenBytes tokens, Function<OutputConstraint, Dfa> compiler) {
    this.tokens = tokens;
    this.compiler = compiler;
  }

  /**
   * The constraint over this vocabulary; empty for {@link OutputConstraint.None}.
   *
   * @throws PromptmillException as {@link #check}, or with {@code MODEL_UNSUPPORTED} if the
   *     vocabulary cannot write every text; with {@code ENGINE_CLOSED} if the thread is interrupted
   *     while it waits for another to compile the constraint, which it stays
   */
  public Optional<TokenConstraint> of(OutputConstraint constraint) {
    if (constraint instanceof OutputConstraint.None) {
      return Optional.empty();
    }
    FutureTask<TokenConstraint> compilation;
    synchronized (kept) {
      compilation =
          kept.computeIfAbsent(constraint, asked -> new FutureTask<>(() -> compile(asked)));
    }
    compilation.run(); // whoever comes first; for others this does nothing
    try {
      return Optional.of(compilation.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromptmillException(
          ErrorCode.ENGINE_CLOSED, "interrupted while a constraint was compiled", e);
    } catch (ExecutionException e) {
      throw failure(constraint, compilation, e.getCause());
    }
  }

  /** What is wrong with a constraint is kept; any other failure may not happen again. */
  private RuntimeException failure(
      OutputConstraint constraint, FutureTask<TokenConstraint> compilation, Throwable cause) {
    if (cause instanceof PromptmillException refusal) {
      return new PromptmillException(refusal.code(), refusal.getMessage(), refusal);
    }
    synchronized (kept) {
      kept.remove(constraint, compilation);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a constraint could not be compiled: " + cause, cause);
  }

  private TokenConstraint compile(OutputConstraint constraint) {
    return new TokenConstraint(compiler.apply(constraint), vocabulary());
  }

  private synchronized Vocabulary vocabulary() {
    if (vocabulary == null) {
      vocabulary = new Vocabulary(tokens);
    }
    return vocabulary;
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
    Dfa dfa = NfaBuilder.compile(expression(constraint), new CompileBudget());
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
