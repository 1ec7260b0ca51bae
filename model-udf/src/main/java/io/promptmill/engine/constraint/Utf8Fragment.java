package io.promptmill.engine.constraint;

/** A set of characters as moves over the bytes of their UTF-8. */
final class Utf8Fragment {
  private static final int[] LAST_BY_LENGTH = {0x7f, 0x7ff, 0xffff, 0x10ffff};
  private static final int[] LEAD_BITS = {0, 0xc0, 0xe0, 0xf0};
  private static final int CONTINUATION = 0x80;

  private final Nfa nfa;
  private final int end;
  // States from which any 1, 2 or 3 continuation bytes lead to the end; made when first needed.
  private final int[] anyContinuation = new int[4];

  private Utf8Fragment(Nfa nfa) {
    this.nfa = nfa;
    end = nfa.newState();
  }

  /** Gives the state after one character of the set. */
  static int add(Nfa nfa, CodePoints set, int from) {
    Utf8Fragment fragment = new Utf8Fragment(nfa);
    for (CodePoints.Range range : set.ranges()) {
      int first = range.first();
      for (int more = 0; more < LAST_BY_LENGTH.length && first <= range.last(); more++) {
        int last = Math.min(range.last(), LAST_BY_LENGTH[more]);
        if (first <= last) {
          fragment.bytes(from, first, last, more, LEAD_BITS[more]);
          first = last + 1;
        }
      }
    }
    return fragment.end;
  }

  /** Adds the values from first to last, whose byte here is followed by so many more. */
  private void bytes(int from, int first, int last, int more, int marker) {
    int shift = 6 * more;
    int low = (1 << shift) - 1;
    int firstTop = first >>> shift;
    int lastTop = last >>> shift;
    if (firstTop == lastTop && more > 0 && (first & low) + low != (last & low)) {
      partial(from, firstTop | marker, first & low, last & low, more);
      return;
    }
    if ((first & low) != 0) {
      partial(from, firstTop++ | marker, first & low, low, more);
    }
    if ((last & low) != low) {
      partial(from, lastTop-- | marker, 0, last & low, more);
    }
    if (firstTop <= lastTop) {
      nfa.move(from, firstTop | marker, lastTop | marker, afterAny(more));
    }
  }

  private void partial(int from, int b, int first, int last, int more) {
    int next = nfa.newState();
    nfa.move(from, b, b, next);
    bytes(next, first, last, more - 1, CONTINUATION);
  }

  private int afterAny(int more) {
    if (more == 0) {
      return end;
    }
    if (anyContinuation[more] == 0) {
      int target = afterAny(more - 1);
      anyContinuation[more] = nfa.newState();
      nfa.move(anyContinuation[more], CONTINUATION, 0xbf, target);
    }
    return anyContinuation[more];
  }
}
