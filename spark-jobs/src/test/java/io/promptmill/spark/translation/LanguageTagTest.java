package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "zh: zh, zh-CN, zh_CN, ZH-Hans, zho, cmn, Chinese, chinese, Simplified Chinese, Mandarin, 中文, 简体中文",
        "zh-Hant: zh-TW, zh-Hant, zh_HK, Traditional Chinese, Chinese (Traditional), 繁體中文, 繁体中文",
        "yue: yue, zh-yue, Cantonese, cantonese, 粤语, 粵語",
        "wuu: wuu",
        "pt: pt, pt-BR, por, Portuguese, Brazilian Portuguese, português",
        "sr-Latn: sr-Latn",
        "de: de, DE-at, German, Deutsch, ger"
      })
  void isTheSameHoweverALanguageIsNamed(String tag, String names) {
    assertThat(names.strip().split(", ")).allMatch(name -> LanguageTag.of(name).get().equals(tag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "xx", "nothing", "{b}", "<b>L</b>", "zz-ZZ"})
  void isNoneOfWhatIsNoLanguage(String text) {
    assertThat(LanguageTag.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "zh: zh, zh-TW, Chinese (Traditional), yue, Cantonese, wuu, nan, hak, gan, hsn, lzh, Wu Chinese, cdo",
        "char: ja, Japanese, th, lo, km, my, bo, dz, shn",
        "13a: en, zh-Latn, ko, vi, Klingon, nothing"
      })
  void choosesTheTokenizerByTheScript(String tokenizer, String languages) {
    assertThat(languages.strip().split(", "))
        .allMatch(language -> new Tally(language).tokenizer().equals(tokenizer));
  }
}
