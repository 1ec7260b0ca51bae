package io.promptmill.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the matches of a pre-tokenizer's regular expression: leftmost, alternatives in order,
 * greedy, as Oniguruma does for the syntax that {@link SplitPatternParser} takes. Depth of
 * recursion depends on the pattern alone, never on the text, and a run of one class costs linear
 * time also where the rest of the pattern fails after it ({@code \s+$}); {@code java.util.regex}
 * promises neither.
 */
final class SplitPattern {

  /** End of the match of the rest of the pattern at {@code at}, or -1. */
  @FunctionalInterface
  private interface Step {
    int match(String text, int at, int end);
  }

  private static final Step DONE = (text, at, end) -> at;

  private final Step[] alternatives;
  private final CodePointSet[] firsts;
  // Class of the unbounded run that an alternative begins with, else null.
  private final CodePointSet[] leadingRuns;
  private final CodePointSet first;

  private SplitPattern(List<List<SplitNode>> syntax) {
    int count = syntax.size();
    alternatives = new Step[count];
    firsts = new CodePointSet[count];
    leadingRuns = new CodePointSet[count];
    CodePointSet all = CodePointSet.empty();
    for (int i = 0; i < count; i++) {
      List<SplitNode> sequence = syntax.get(i);
      alternatives[i] = sequence(sequence, DONE);
      firsts[i] = firstOf(sequence);
      all = all.union(firsts[i]);
      if (sequence.get(0) instanceof SplitNode.Run run && run.max() == SplitNode.Run.UNBOUNDED) {
        leadingRuns[i] = run.set();
      }
    }
    first = all;
  }

  /**
   * @throws IllegalArgumentException if the expression is malformed, uses syntax outside the
   *     supported subset, or can match the empty string
   */
  static SplitPattern compile(String regex) {
    return of(new SplitPatternParser(regex).parse());
  }

  /**
   * Matches exactly this text.
   *
   * @throws IllegalArgumentException if it is empty
   */
  static SplitPattern literal(String text) {
    List<SplitNode> sequence = new ArrayList<>();
    text.codePoints()
        .forEach(c -> sequence.add(new SplitNode.Run(CodePointSet.range(c, c), 1, 1, false)));
    return of(List.of(sequence));
  }

  private static SplitPattern of(List<List<SplitNode>> syntax) {
    if (syntax.stream().anyMatch(SplitPattern::canBeEmpty)) {
      throw new IllegalArgumentException("the pattern can match the empty string");
    }
    return new SplitPattern(syntax);
  }

  /**
   * Cuts {@code text[start, end)} around the matches and adds the kept parts, left to right.
   *
   * @param matches whether the matches are kept
   * @param gaps whether what lies between them is kept
   */
  void cut(String text, int start, int end, boolean matches, boolean gaps, Spans parts) {
    // An alternative that begins with a run and fails at a position fails up to that run's end.
    int[] failsBefore = new int[alternatives.length];
    int from = start;
    int at = start;
    while (at < end) {
      int codePoint = text.codePointAt(at);
      int matchEnd = first.contains(codePoint) ? match(text, at, end, codePoint, failsBefore) : -1;
      if (matchEnd < 0) {
        at += Character.charCount(codePoint);
        continue;
      }
      if (gaps) {
        parts.add(from, at);
      }
      if (matches) {
        parts.add(at, matchEnd);
      }
      at = matchEnd;
      from = matchEnd;
    }
    if (gaps) {
      parts.add(from, end);
    }
  }

  private int match(String text, int at, int end, int codePoint, int[] failsBefore) {
    for (int i = 0; i < alternatives.length; i++) {
      if (at < failsBefore[i] || !firsts[i].contains(codePoint)) {
        continue;
      }
      int matchEnd = alternatives[i].match(text, at, end);
      if (matchEnd >= 0) {
        return matchEnd;
      }
      if (leadingRuns[i] != null) {
        failsBefore[i] = endOfRun(leadingRuns[i], text, at, end, SplitNode.Run.UNBOUNDED);
      }
    }
    return -1;
  }

  private static int endOfRun(CodePointSet set, String text, int at, int end, int max) {
    int position = at;
    for (int count = 0; count < max && position < end; count++) {
      int codePoint = text.codePointAt(position);
      if (!set.contains(codePoint)) {
        break;
      }
      position += Character.charCount(codePoint);
    }
    return position;
  }

  private static Step sequence(List<SplitNode> nodes, Step next) {
    Step step = next;
    for (int i = nodes.size() - 1; i >= 0; i--) {
      step = step(nodes.get(i), step);
    }
    return step;
  }

  private static Step step(SplitNode node, Step next) {
    if (node instanceof SplitNode.Run run) {
      return (text, at, end) -> matchRun(run, next, text, at, end);
    }
    if (node instanceof SplitNode.Group group) {
      List<Step> choices = new ArrayList<>();
      group.alternatives().forEach(alternative -> choices.add(sequence(alternative, next)));
      if (group.optional()) {
        choices.add(next);
      }
      return anyOf(choices);
    }
    if (node instanceof SplitNode.LookAhead look) {
      List<Step> choices = new ArrayList<>();
      look.alternatives().forEach(alternative -> choices.add(sequence(alternative, DONE)));
      Step body = anyOf(choices);
      return (text, at, end) ->
          (body.match(text, at, end) < 0) == look.negative() ? next.match(text, at, end) : -1;
    }
    return (text, at, end) -> at == end || text.charAt(at) == '\n' ? next.match(text, at, end) : -1;
  }

  private static Step anyOf(List<Step> choices) {
    return (text, at, end) -> {
      for (Step choice : choices) {
        int matchEnd = choice.match(text, at, end);
        if (matchEnd >= 0) {
          return matchEnd;
        }
      }
      return -1;
    };
  }

  private static int matchRun(SplitNode.Run run, Step next, String text, int at, int end) {
    int shortest = endOfRun(run.set(), text, at, end, run.min());
    if (run.min() > 0 && text.codePointCount(at, shortest) < run.min()) {
      return -1;
    }
    int longest = endOfRun(run.set(), text, shortest, end, run.max() - run.min());
    for (int position = longest;
        ;
        position -= Character.charCount(text.codePointBefore(position))) {
      int matchEnd = next.match(text, position, end);
      if (matchEnd >= 0) {
        return matchEnd;
      }
      if (position == shortest || run.possessive()) {
        return -1;
      }
    }
  }

  private static boolean canBeEmpty(List<SplitNode> sequence) {
    return sequence.stream().allMatch(SplitPattern::canBeEmpty);
  }

  private static boolean canBeEmpty(SplitNode node) {
    if (node instanceof SplitNode.Run run) {
      return run.min() == 0;
    }
    return !(node instanceof SplitNode.Group group)
        || group.optional()
        || group.alternatives().stream().anyMatch(SplitPattern::canBeEmpty);
  }

  /** Code points that a match of the sequence can begin with; the sequence is not empty. */
  private static CodePointSet firstOf(List<SplitNode> sequence) {
    CodePointSet result = CodePointSet.empty();
    for (SplitNode node : sequence) {
      if (node instanceof SplitNode.Run run) {
        result = result.union(run.set());
      } else if (node instanceof SplitNode.Group group) {
        for (List<SplitNode> alternative : group.alternatives()) {
          result = result.union(firstOf(alternative));
        }
      }
      if (!canBeEmpty(node)) {
        return result;
      }
    }
    return result;
  }
}
