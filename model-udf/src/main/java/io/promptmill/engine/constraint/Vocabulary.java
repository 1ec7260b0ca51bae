package io.promptmill.engine.constraint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The bytes of all tokens as a trie, whose nodes lie in the order of their bytes: a node's subtree
 * is what follows it up to where it ends. Immutable.
 */
final class Vocabulary {
  static final int NO_NODE = -1;

  // Bytes of UTF-8 end here; two below it begin no character either.
  private static final int UTF8_LIMIT = 0xf5;

  private final byte[][] bytes;
  private final int[] sorted;
  private byte[] labels = new byte[1024];
  private int[] depths = new int[1024];
  private int[] subtreeEnds = new int[1024];
  // Tokens that end in a node, by their places in the order; none where both are equal.
  private int[] firstTokens = new int[1024];
  private int[] tokenEnds = new int[1024];
  private int nodes;
  private int deepest;

  /**
   * @throws PromptmillException with {@code MODEL_UNSUPPORTED} if a byte that UTF-8 uses has no
   *     token of its own, so that some texts could not be written
   */
  Vocabulary(TokenBytes tokens) {
    bytes = new byte[tokens.size()][];
    for (int id = 0; id < bytes.length; id++) {
      byte[] content = tokens.bytes(id);
      bytes[id] = content == null || content.length == 0 ? null : content;
    }
    sorted =
        IntStream.range(0, bytes.length)
            .filter(id -> bytes[id] != null)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(bytes[a], bytes[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    build();
    requireEveryByte();
  }

  private void build() {
    byte[] path = {};
    int[] open = new int[longest() + 1];
    for (int place = 0; place < sorted.length; place++) {
      byte[] next = bytes[sorted[place]];
      int common = Arrays.mismatch(path, next);
      int shared = common < 0 ? next.length : common;
      close(open, shared + 1, path.length);
      for (int i = shared; i < next.length; i++) {
        open[i + 1] = node(next[i], i + 1, place);
      }
      tokenEnds[open[next.length]] = place + 1;
      path = next;
    }
    close(open, 1, path.length);
    labels = Arrays.copyOf(labels, nodes);
    depths = Arrays.copyOf(depths, nodes);
    subtreeEnds = Arrays.copyOf(subtreeEnds, nodes);
    firstTokens = Arrays.copyOf(firstTokens, nodes);
    tokenEnds = Arrays.copyOf(tokenEnds, nodes);
  }

  private int longest() {
    return IntStream.of(sorted).map(id -> bytes[id].length).max().orElse(0);
  }

  private void close(int[] open, int fromDepth, int toDepth) {
    for (int depth = fromDepth; depth <= toDepth; depth++) {
      subtreeEnds[open[depth]] = nodes;
    }
  }

  private int node(byte label, int depth, int firstToken) {
    if (nodes == labels.length) {
      labels = Arrays.copyOf(labels, nodes * 2);
      depths = Arrays.copyOf(depths, nodes * 2);
      subtreeEnds = Arrays.copyOf(subtreeEnds, nodes * 2);
      firstTokens = Arrays.copyOf(firstTokens, nodes * 2);
      tokenEnds = Arrays.copyOf(tokenEnds, nodes * 2);
    }
    labels[nodes] = label;
    depths[nodes] = depth;
    firstTokens[nodes] = firstToken;
    tokenEnds[nodes] = firstToken;
    deepest = Math.max(deepest, depth);
    return nodes++;
  }

  private void requireEveryByte() {
    boolean[] single = new boolean[256];
    for (int id : sorted) {
      if (bytes[id].length == 1) {
        single[bytes[id][0] & 0xff] = true;
      }
    }
    for (int b = 0; b < UTF8_LIMIT; b++) {
      if (!single[b] && b != 0xc0 && b != 0xc1) {
        throw new PromptmillException(
            ErrorCode.MODEL_UNSUPPORTED,
            "constrained output needs a token for every byte of UTF-8; of %d tokens none is the"
                    .formatted(bytes.length)
                + " byte 0x%02X".formatted(b));
      }
    }
  }

  int size() {
    return bytes.length;
  }

  /** Bytes of a token; null if it stands for no text. */
  byte[] bytes(int token) {
    return token < bytes.length ? bytes[token] : null;
  }

  /** Takes a token and the state that its bytes lead to. */
  @FunctionalInterface
  interface TokenConsumer {
    void accept(int token, int target);
  }

  /** Visits every token that an automaton lets come in a state. */
  void forEachToken(Dfa dfa, int start, TokenConsumer consumer) {
    int[] states = new int[deepest + 1];
    states[0] = start;
    int node = 0;
    while (node < nodes) {
      int depth = depths[node];
      int target = dfa.next(states[depth - 1], labels[node] & 0xff);
      if (target == Dfa.DEAD) {
        node = subtreeEnds[node];
        continue;
      }
      states[depth] = target;
      for (int i = firstTokens[node]; i < tokenEnds[node]; i++) {
        consumer.accept(sorted[i], target);
      }
      node++;
    }
  }

  /**
   * The node that a byte leads to from another one, or {@link #NO_NODE}.
   *
   * @param parent {@link #NO_NODE} for the root
   */
  int child(int parent, int unsignedByte) {
    int end = parent == NO_NODE ? nodes : subtreeEnds[parent];
    for (int node = parent + 1; node < end; node = subtreeEnds[node]) {
      if (labels[node] == (byte) unsignedByte) {
        return node;
      }
    }
    return NO_NODE;
  }

  boolean endsToken(int node) {
    return tokenEnds[node] > firstTokens[node];
  }
}
