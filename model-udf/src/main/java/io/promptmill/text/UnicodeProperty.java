package io.promptmill.text;

import java.lang.Character.UnicodeScript;
import java.util.Map;
import java.util.function.IntPredicate;

/** Sets behind {@code \p{name}}: general categories, by one or two letters, and scripts. */
final class UnicodeProperty {

  private static final Map<String, Integer> CATEGORIES =
      Map.ofEntries(
          Map.entry("Lu", (int) Character.UPPERCASE_LETTER),
          Map.entry("Ll", (int) Character.LOWERCASE_LETTER),
          Map.entry("Lt", (int) Character.TITLECASE_LETTER),
          Map.entry("Lm", (int) Character.MODIFIER_LETTER),
          Map.entry("Lo", (int) Character.OTHER_LETTER),
          Map.entry("Mn", (int) Character.NON_SPACING_MARK),
          Map.entry("Mc", (int) Character.COMBINING_SPACING_MARK),
          Map.entry("Me", (int) Character.ENCLOSING_MARK),
          Map.entry("Nd", (int) Character.DECIMAL_DIGIT_NUMBER),
          Map.entry("Nl", (int) Character.LETTER_NUMBER),
          Map.entry("No", (int) Character.OTHER_NUMBER),
          Map.entry("Pc", (int) Character.CONNECTOR_PUNCTUATION),
          Map.entry("Pd", (int) Character.DASH_PUNCTUATION),
          Map.entry("Ps", (int) Character.START_PUNCTUATION),
          Map.entry("Pe", (int) Character.END_PUNCTUATION),
          Map.entry("Pi", (int) Character.INITIAL_QUOTE_PUNCTUATION),
          Map.entry("Pf", (int) Character.FINAL_QUOTE_PUNCTUATION),
          Map.entry("Po", (int) Character.OTHER_PUNCTUATION),
          Map.entry("Sm", (int) Character.MATH_SYMBOL),
          Map.entry("Sc", (int) Character.CURRENCY_SYMBOL),
          Map.entry("Sk", (int) Character.MODIFIER_SYMBOL),
          Map.entry("So", (int) Character.OTHER_SYMBOL),
          Map.entry("Zs", (int) Character.SPACE_SEPARATOR),
          Map.entry("Zl", (int) Character.LINE_SEPARATOR),
          Map.entry("Zp", (int) Character.PARAGRAPH_SEPARATOR),
          Map.entry("Cc", (int) Character.CONTROL),
          Map.entry("Cf", (int) Character.FORMAT),
          Map.entry("Co", (int) Character.PRIVATE_USE),
          Map.entry("Cs", (int) Character.SURROGATE),
          Map.entry("Cn", (int) Character.UNASSIGNED));

  private UnicodeProperty() {}

  /** The set of that name, or null if there is none. */
  static CodePointSet named(String name) {
    int types = 0;
    for (Map.Entry<String, Integer> category : CATEGORIES.entrySet()) {
      String key = category.getKey();
      if (key.equals(name) || (name.length() == 1 && key.startsWith(name))) {
        types |= 1 << category.getValue();
      }
    }
    if (types != 0) {
      int members = types;
      return CodePointSet.where(codePoint -> (members >>> Character.getType(codePoint) & 1) != 0);
    }
    for (UnicodeScript script : UnicodeScript.values()) {
      if (script.name().equalsIgnoreCase(name)) {
        IntPredicate member = codePoint -> UnicodeScript.of(codePoint) == script;
        return CodePointSet.where(member);
      }
    }
    return null;
  }
}
