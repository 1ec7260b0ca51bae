package io.promptmill.spark.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

  @ParameterizedTest
  @CsvSource({
    "zh, Chinese, zh", "zh-CN, Chinese (China), zh", "en-US, English (United States), en",
    "Chinese, Chinese, zh", "Simplified Chinese, Simplified Chinese, zh", "中文, 中文, zh",
    "deutsch, deutsch, de", "ja, Japanese, ja"
  })
  void areKnownByCodeAndByName(String given, String name, String code) {
    assertThat(Languages.name(given)).isEqualTo(name);
    assertThat(Languages.code(given)).contains(code);
  }

  @ParameterizedTest
  @CsvSource({"Elvish", "''", "???"})
  void othersStayAsTheyAre(String given) {
    assertThat(Languages.name(given)).isEqualTo(given);
    assertThat(Languages.code(given)).isEmpty();
  }
}
