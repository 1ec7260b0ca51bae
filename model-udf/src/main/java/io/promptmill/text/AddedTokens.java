package io.promptmill.text;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds added tokens in a text as {@code AddedVocabulary} of tokenizers does: first those matched
 * before normalization, then the others in what is left; at each position the longest.
 */
final class AddedTokens {

  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  /** Takes the parts of a text in order. */
  interface Sink {
    void token(int tokenId);

    /** Text {@code [start, end)} between added tokens, never empty. */
    void text(int start, int end);
  }

  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private AddedToken token;
  }

  private final Node beforeNormalization = new Node();
  private final Node afterNormalization = new Node();

  AddedTokens(Collection<AddedToken> tokens) {
    for (AddedToken token : tokens) {
      Node node = token.normalized() ? afterNormalization : beforeNormalization;
      for (char c : token.content().toCharArray()) {
        node = node.next.computeIfAbsent(c, unused -> new Node());
      }
      node.token = token;
    }
  }

  /** Cuts the text at the added tokens that the rule takes. */
  void split(String text, AddedTokenRule rule, Sink sink) {
    List<Node> passes = List.of(beforeNormalization, afterNormalization);
    split(text, 0, text.length(), passes, rule, sink);
  }

  private void split(
      String text, int from, int to, List<Node> passes, AddedTokenRule rule, Sink sink) {
    if (from == to) {
      return;
    }
    if (passes.isEmpty()) {
      sink.text(from, to);
      return;
    }
    Node root = passes.get(0);
    List<Node> later = passes.subList(1, passes.size());
    int textStart = from;
    int at = from;
    while (!root.next.isEmpty() && at < to) {
      AddedToken token = longest(root, text, at, to);
      if (token == null) {
        at++;
        continue;
      }
      int end = at + token.content().length();
      if (!rule.takes(token.id(), at) || (token.singleWord() && inWord(text, from, at, end, to))) {
        at = end;
        continue;
      }
      int start = token.leftStrip() ? spaceBefore(text, textStart, at) : at;
      at = token.rightStrip() ? spaceAfter(text, end, to) : end;
      split(text, textStart, start, later, rule, sink);
      sink.token(token.id());
      textStart = at;
    }
    split(text, textStart, to, later, rule, sink);
  }

  private static AddedToken longest(Node root, String text, int at, int to) {
    AddedToken found = null;
    Node node = root;
    for (int i = at; i < to; i++) {
      node = node.next.get(text.charAt(i));
      if (node == null) {
        break;
      }
      if (node.token != null) {
        found = node.token;
      }
    }
    return found;
  }

  private static boolean inWord(String text, int from, int start, int end, int to) {
    return (start > from && isWord(text.codePointBefore(start)))
        || (end < to && isWord(text.codePointAt(end)));
  }

  private static boolean isWord(int codePoint) {
    return WORD.matcher(Character.toString(codePoint)).matches();
  }

  private static int spaceBefore(String text, int from, int at) {
    int start = at;
    while (start > from && CodePointSet.WHITE_SPACE.contains(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int spaceAfter(String text, int at, int to) {
    int end = at;
    while (end < to && CodePointSet.WHITE_SPACE.contains(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
