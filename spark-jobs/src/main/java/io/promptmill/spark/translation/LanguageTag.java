package io.promptmill.spark.translation;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import io.promptmill.spark.function.Languages;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One tag for each language, however users name it; CLDR's names and likely scripts, by ICU. */
final class LanguageTag {
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,8}");
  private static final Set<String> LANGUAGES = Set.of(ULocale.getISOLanguages());
  private static final Map<String, String> NAMES = names();

  private LanguageTag() {}

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>(Map.of("mandarin", "zh"));
    for (String language : LANGUAGES) {
      names.put(lower(ULocale.getDisplayLanguage(language, ULocale.ENGLISH)), language);
    }
    // other languages' own names are the JDK's
    for (String tag : Set.of("zh-Hans", "zh-Hant", "yue")) {
      ULocale locale = ULocale.forLanguageTag(tag);
      for (String in : Set.of("en", "zh", "zh-Hant")) {
        ULocale speaker = ULocale.forLanguageTag(in);
        names.put(lower(locale.getDisplayName(speaker)), tag(tag).orElseThrow());
        names.put(lower(locale.getDisplayNameWithDialect(speaker)), tag(tag).orElseThrow());
      }
    }
    return Map.copyOf(names);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * The language without its region, with its script only if that is not the usual one: {@code zh}
   * of zh-CN, Chinese and 中文, {@code zh-Hant} of zh-TW and Traditional Chinese. Empty for what is
   * no language that CLDR or the JDK knows.
   */
  static Optional<String> of(String codeOrName) {
    String text = codeOrName.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return tag(text)
        .or(() -> Optional.ofNullable(NAMES.get(lower(text))))
        .or(() -> Languages.code(text).flatMap(LanguageTag::tag));
  }

  private static Optional<String> tag(String text) {
    if (!TAG.matcher(text).matches()) {
      return Optional.empty();
    }
    ULocale locale = ULocale.createCanonical(text);
    String language = locale.getLanguage();
    String usual = script(language);
    if (usual.isEmpty() && !LANGUAGES.contains(language)) {
      return Optional.empty();
    }
    String script = ULocale.addLikelySubtags(locale).getScript();
    boolean isUsual =
        script.equals(usual) || UScript.getCodeFromName(script) == UScript.INVALID_CODE;
    return Optional.of(isUsual ? language : language + "-" + script);
  }

  /** ISO 15924 code of the script that a language is written in, empty where it is not known. */
  static String script(String tag) {
    return ULocale.addLikelySubtags(ULocale.forLanguageTag(tag)).getScript();
  }
}
