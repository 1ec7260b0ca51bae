package io.promptmill.text;

/**
 * One step of the cut into words that byte-pair merges never cross. Each step sees each range that
 * the step before it left as a text of its own.
 */
sealed interface PreTokenizer {

  /** Adds the parts of {@code text[start, end)} to {@code parts}, in order. */
  void split(String text, int start, int end, Spans parts);

  /** Cuts around the matches of a pattern and keeps the matches, the gaps between them, or both. */
  record Split(SplitPattern pattern, boolean matches, boolean gaps) implements PreTokenizer {

    @Override
    public void split(String text, int start, int end, Spans parts) {
      pattern.cut(text, start, end, matches, gaps, parts);
    }
  }

  /** Cuts out numeric characters (Nd, Nl, No), each by itself or in runs. */
  record Digits(boolean individual) implements PreTokenizer {

    @Override
    public void split(String text, int start, int end, Spans parts) {
      int from = start;
      boolean inDigits = false;
      int next;
      for (int at = start; at < end; at = next) {
        int codePoint = text.codePointAt(at);
        next = at + Character.charCount(codePoint);
        boolean digit = CodePointSet.NUMERIC.contains(codePoint);
        if (digit != inDigits || (digit && individual)) {
          parts.add(from, at);
          from = at;
        }
        inDigits = digit;
      }
      parts.add(from, end);
    }
  }
}
