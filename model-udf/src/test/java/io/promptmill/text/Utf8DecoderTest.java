package io.promptmill.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8DecoderTest {

  /** Replacement characters by maximal subparts: table 3-8 of the Unicode standard and its kin. */
  @ParameterizedTest
  @CsvSource({
    "61, a",
    "c0af, ..",
    "e080bf, ...",
    "f0818283, ....",
    "eda080, ...",
    "edbfbf, ...",
    "f4919293, ....",
    "ff41, .A",
    "8042bf, .B.",
    "e180e2f09192f1bf41, ....A",
    "f09f98, .",
    "f09f9861, .a",
    "c3, .",
    "e6f09f9880, .😀",
  })
  void replacesEachMaximalSubpart(String hex, String text) {
    assertThat(decode(HexFormat.of().parseHex(hex))).isEqualTo(text.replace('.', '\ufffd'));
  }

  @Test
  void decodesEveryCodePoint() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    assertThat(decode(all.toString().getBytes(StandardCharsets.UTF_8))).isEqualTo(all.toString());
  }

  @Test
  void agreesWithTheJdkOnBytesWithoutEncodedSurrogates() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(8)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        // ED starts surrogates, which the JDK replaces as one.
        bytes[i] = (byte) ((bytes[i] & 0xff) == 0xed || random.nextInt(4) == 0 ? 0xf0 : bytes[i]);
      }
      assertThat(decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    Utf8Decoder decoder = new Utf8Decoder();
    decoder.accept(bytes, text);
    decoder.finish(text);
    return text.toString();
  }
}
