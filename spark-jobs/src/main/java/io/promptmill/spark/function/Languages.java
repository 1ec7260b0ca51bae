package io.promptmill.spark.function;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Languages as users name them: by code, by English name, or by their own name. */
public final class Languages {
  private static final Map<String, String> CODES = codes();

  private Languages() {}

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOLanguages()) {
      Locale language = Locale.forLanguageTag(code);
      codes.putIfAbsent(language.getDisplayLanguage(language).toLowerCase(Locale.ROOT), code);
      codes.put(language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
    }
    return Map.copyOf(codes);
  }

  /** A language's English name, of its code; what is no code stays as it is. */
  public static String name(String codeOrName) {
    String name = Locale.forLanguageTag(codeOrName).getDisplayName(Locale.ENGLISH);
    return name.isEmpty() || name.equalsIgnoreCase(codeOrName) ? codeOrName : name;
  }

  /** ISO 639 code of a code or name: {@code zh} of zh-CN, Chinese, Simplified Chinese and 中文. */
  public static Optional<String> code(String codeOrName) {
    if (!name(codeOrName).equals(codeOrName)) {
      return Optional.of(Locale.forLanguageTag(codeOrName).getLanguage());
    }
    String lower = codeOrName.strip().toLowerCase(Locale.ROOT);
    if (CODES.containsKey(lower)) {
      return Optional.of(CODES.get(lower));
    }
    for (String word : lower.split("[^\\p{L}]+")) {
      if (CODES.containsKey(word)) {
        return Optional.of(CODES.get(word));
      }
    }
    return Optional.empty();
  }
}
