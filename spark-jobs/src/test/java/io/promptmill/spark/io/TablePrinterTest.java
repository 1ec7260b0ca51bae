package io.promptmill.spark.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablePrinterTest {

  @Test
  void alignsTextsOfEveryScript() {
    String table =
        TablePrinter.print(
            List.of("id", "text"), List.of(List.of("1", "日本語"), List.of("22", "e\u0301a")), 20);

    assertThat(table)
        .isEqualTo(
            """
            +----+--------+
            | id | text   |
            +----+--------+
            | 1  | 日本語 |
            | 22 | e\u0301a     |
            +----+--------+
            """);
  }

  @Test
  void keepsARowOnOneLineAndWithinTheWidth() {
    String table =
        TablePrinter.print(List.of("t"), List.of(List.of("a\nb\u0007"), List.of("123456789")), 8);

    assertThat(table).contains("| a\\nb\uFFFD    |").contains("| 1234567… |");
    assertThat(table.lines().map(TablePrinter::width).distinct()).hasSize(1);
  }

  @Test
  void doesNotCutAWideCharacterInHalf() {
    assertThat(TablePrinter.print(List.of("t"), List.of(List.of("日本語文字")), 6)).contains("| 日本… |");
    assertThat(TablePrinter.print(List.of("t"), List.of(List.of("日本語")), 6)).contains("| 日本語 |");
  }

  @Test
  void anEmptyTableIsItsHeader() {
    assertThat(TablePrinter.print(List.of("t"), List.of(), 6)).isEqualTo("+---+\n| t |\n+---+\n");
  }
}
