package io.promptmill.spark.translation;

import java.io.Serializable;
import java.util.Locale;

/** What a text says in one language and must say in the other. */
record Term(String source, String target) implements Serializable {

  /** Whether a translation says it, in capital letters or not. */
  boolean isIn(String translation) {
    return translation.toLowerCase(Locale.ROOT).contains(target.toLowerCase(Locale.ROOT));
  }
}
