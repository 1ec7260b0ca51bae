package io.promptmill.engine.constraint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * An immutable set of Unicode scalar values.
 *
 * @param ranges ascending, neither touching nor overlapping, without surrogates
 */
record CodePoints(List<Range> ranges) {

  /** Code points from {@code first} to {@code last}, both included. */
  record Range(int first, int last) {}

  static final CodePoints NONE = new CodePoints(List.of());
  static final CodePoints ALL = range(0, Character.MAX_CODE_POINT);

  static CodePoints range(int first, int last) {
    return of(List.of(new Range(first, last)));
  }

  static CodePoints single(int codePoint) {
    return range(codePoint, codePoint);
  }

  static CodePoints where(IntPredicate member) {
    List<Range> ranges = new ArrayList<>();
    int first = 0;
    for (int next = 0; next <= Character.MAX_CODE_POINT + 1; next++) {
      if (next > Character.MAX_CODE_POINT || !member.test(next)) {
        if (first < next) {
          ranges.add(new Range(first, next - 1));
        }
        first = next + 1;
      }
    }
    return of(ranges);
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  CodePoints union(CodePoints other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return of(all);
  }

  CodePoints complement() {
    List<Range> gaps = new ArrayList<>();
    int first = 0;
    for (Range range : ranges) {
      if (first < range.first) {
        gaps.add(new Range(first, range.first - 1));
      }
      first = range.last + 1;
    }
    if (first <= Character.MAX_CODE_POINT) {
      gaps.add(new Range(first, Character.MAX_CODE_POINT));
    }
    return of(gaps);
  }

  CodePoints minus(CodePoints other) {
    return complement().union(other).complement();
  }

  boolean contains(int codePoint) {
    return ranges.stream().anyMatch(range -> range.first <= codePoint && codePoint <= range.last);
  }

  /** What stands in any of the ranges, whatever their order; surrogates are left out. */
  static CodePoints of(List<Range> unordered) {
    List<Range> sorted = new ArrayList<>();
    for (Range range : unordered) {
      add(sorted, range.first, Math.min(range.last, Character.MIN_SURROGATE - 1));
      add(sorted, Math.max(range.first, Character.MAX_SURROGATE + 1), range.last);
    }
    sorted.sort(Comparator.comparingInt(Range::first));
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      int end = merged.size() - 1;
      if (end >= 0 && merged.get(end).last >= range.first - 1) {
        Range before = merged.get(end);
        merged.set(end, new Range(before.first, Math.max(before.last, range.last)));
      } else {
        merged.add(range);
      }
    }
    return new CodePoints(List.copyOf(merged));
  }

  private static void add(List<Range> ranges, int first, int last) {
    if (first <= last) {
      ranges.add(new Range(first, last));
    }
  }
}
