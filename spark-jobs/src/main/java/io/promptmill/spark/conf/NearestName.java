package io.promptmill.spark.conf;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what the user probably meant. */
public final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits from the unknown one, if they are few for its length. */
  public static Optional<String> of(String unknown, Collection<String> known) {
    String wanted = unknown.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(
            name ->
                edits(wanted, name.toLowerCase(Locale.ROOT))
                    <= Math.max(1, (wanted.length() + 1) / 3));
  }

  /** {@code " (did you mean X?)"}, or nothing. */
  public static String hint(String unknown, Collection<String> known) {
    return of(unknown, known).map(name -> " (did you mean '" + name + "'?)").orElse("");
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
