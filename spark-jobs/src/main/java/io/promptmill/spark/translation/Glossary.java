package io.promptmill.spark.translation;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Finds terms in texts. A term in small letters is found in capital letters too; one with a capital
 * letter only as it is. In scripts with blanks between words a term is whole words. Equal ones that
 * tasks of one JVM receive are the same.
 */
final class Glossary implements Serializable {
  private static final long serialVersionUID = 1;

  static final Glossary NONE = new Glossary(List.of());

  private static final Map<Glossary, WeakReference<Glossary>> RECEIVED = new WeakHashMap<>();

  /** In the order of their characters in small letters: what begins alike is one range. */
  private final List<Term> terms;

  Glossary(Collection<Term> terms) {
    this.terms = terms.stream().sorted(Glossary::compare).toList();
  }

  private static int compare(Term left, Term right) {
    String a = left.source();
    String b = right.source();
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      int order = Character.compare(small(a.charAt(i)), small(b.charAt(i)));
      if (order != 0) {
        return order;
      }
    }
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static char small(char c) {
    return Character.toLowerCase(c);
  }

  private Object readResolve() {
    synchronized (RECEIVED) {
      WeakReference<Glossary> known = RECEIVED.get(this);
      Glossary glossary = known == null ? null : known.get();
      if (glossary == null) {
        RECEIVED.put(this, new WeakReference<>(this));
        return this;
      }
      return glossary;
    }
  }

  /**
   * The terms that occur outside of spans, each once, in order; of those that begin at one place
   * the longest.
   */
  Set<Term> termsIn(String text, List<Span> spans) {
    Set<Term> found = new LinkedHashSet<>();
    if (terms.isEmpty()) {
      return found;
    }
    SpannedText spanned = new SpannedText(text, spans);
    int at = 0;
    while (at < text.length()) {
      Term term = isWordBorder(text, at) ? longest(spanned, at) : null;
      if (term == null) {
        at++;
      } else {
        found.add(term);
        at += term.source().length();
      }
    }
    return found;
  }

  private Term longest(SpannedText spanned, int start) {
    String text = spanned.text();
    Term longest = null;
    int low = 0;
    int high = terms.size();
    for (int i = start; i < text.length() && spanned.isOutside(i); i++) {
      int depth = i - start;
      char c = small(text.charAt(i));
      low = firstFrom(c, depth, low, high);
      high = firstFrom(c + 1, depth, low, high);
      if (low == high) {
        return longest;
      }
      if (isWordBorder(text, i + 1)) {
        Term match = match(text.substring(start, i + 1), low, high);
        longest = match == null ? longest : match;
      }
    }
    return longest;
  }

  /** Index of the first of the terms, alike up to a depth, whose character there is not less. */
  private int firstFrom(int c, int depth, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      String term = terms.get(middle).source();
      if (term.length() <= depth || small(term.charAt(depth)) < c) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The term that is this, else the one that is this in small letters; null if neither is. */
  private Term match(String found, int low, int high) {
    Term match = null;
    for (int i = low; i < high && terms.get(i).source().length() == found.length(); i++) {
      String term = terms.get(i).source();
      if (term.equals(found)) {
        return terms.get(i);
      }
      match = term.equals(term.toLowerCase(Locale.ROOT)) ? terms.get(i) : match;
    }
    return match;
  }

  /** Not between two letters or digits of words that blanks separate. */
  private static boolean isWordBorder(String text, int at) {
    return at == 0
        || at == text.length()
        || !isWordCharacter(text.charAt(at - 1))
        || !isWordCharacter(text.charAt(at));
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) && Scripts.hasBlanks(c);
  }

  /** The terms by what they are in the source, as a reader of a glossary column has them. */
  static Glossary of(Map<String, String> terms) {
    return new Glossary(
        terms.entrySet().stream()
            .filter(term -> !isBlank(term.getKey()) && !isBlank(term.getValue()))
            .map(term -> new Term(term.getKey().strip(), term.getValue().strip()))
            .toList());
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glossary glossary && terms.equals(glossary.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }
}
