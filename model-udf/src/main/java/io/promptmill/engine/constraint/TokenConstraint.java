package io.promptmill.engine.constraint;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A constraint over the tokens of one vocabulary. Which tokens may come in a state is found out
 * when it is first asked, by a walk over the vocabulary's trie, and kept. Thread-safe.
 */
public final class TokenConstraint {
  private static final long MAX_KEPT_BYTES = 32L << 20;
  private static final int ENTRY_BYTES = 128;

  /**
   * What may follow in a state.
   *
   * @param needs how many tokens may be needed after the next one
   */
  private record Followers(TokenMask tokens, BitSet needs) {}

  /** A state with the most tokens that may still be needed after the next one. */
  private record Situation(int state, int need) {}

  private final Dfa dfa;
  private final Vocabulary vocabulary;
  private final int[] needs;
  private final Map<Integer, Followers> followers = new HashMap<>();
  private final Map<Situation, TokenMask> masks = new HashMap<>();
  private final Map<TokenMask, TokenMask> distinct = new HashMap<>();
  private long keptBytes;

  TokenConstraint(Dfa dfa, Vocabulary vocabulary) {
    this.dfa = dfa;
    this.vocabulary = vocabulary;
    needs = ShortestCompletions.of(dfa, vocabulary);
  }

  /**
   * Tokens that a completion must be allowed at least: those of a text that is shortest in bytes.
   *
   * @param mayBeEmpty whether the empty text, where it fits, can be drawn
   */
  public synchronized int minTokens(boolean mayBeEmpty) {
    int least = needs[Dfa.START];
    return least > 0 || mayBeEmpty ? least : 1 + followers(Dfa.START).needs.nextSetBit(0);
  }

  /** Whether a token stands for text, so that it cannot end a constrained completion. */
  public boolean standsForText(int token) {
    return vocabulary.bytes(token) != null;
  }

  /**
   * Begins a completion.
   *
   * @param maxTokens at least {@link #minTokens}
   */
  public ConstrainedText begin(int maxTokens) {
    return new ConstrainedText(this, maxTokens);
  }

  Dfa dfa() {
    return dfa;
  }

  byte[] bytes(int token) {
    return vocabulary.bytes(token);
  }

  /** Tokens that may come in a state so that as many more as given are enough to complete it. */
  synchronized TokenMask allowed(int state, int tokensAfter) {
    if (keptBytes > MAX_KEPT_BYTES) {
      followers.clear();
      masks.clear();
      distinct.clear();
      keptBytes = 0;
    }
    Followers all = followers.computeIfAbsent(state, this::followers);
    if (tokensAfter >= all.needs.length() - 1) {
      return all.tokens;
    }
    int need = all.needs.previousSetBit(Math.max(tokensAfter, -1));
    return masks.computeIfAbsent(new Situation(state, need), this::mask);
  }

  private Followers followers(int state) {
    BitSet tokens = new BitSet(vocabulary.size());
    BitSet after = new BitSet();
    vocabulary.forEachToken(
        dfa,
        state,
        (token, target) -> {
          tokens.set(token);
          after.set(needs[target]);
        });
    return new Followers(keep(tokens), after);
  }

  private TokenMask mask(Situation situation) {
    BitSet tokens = new BitSet(vocabulary.size());
    vocabulary.forEachToken(
        dfa,
        situation.state,
        (token, target) -> {
          if (needs[target] <= situation.need) {
            tokens.set(token);
          }
        });
    return keep(tokens);
  }

  /** States that differ little often allow the same tokens. */
  private TokenMask keep(BitSet tokens) {
    TokenMask mask = new TokenMask(tokens);
    TokenMask known = distinct.putIfAbsent(mask, mask);
    keptBytes += ENTRY_BYTES + (known == null ? mask.memoryBytes() : 0);
    return known == null ? mask : known;
  }
}
