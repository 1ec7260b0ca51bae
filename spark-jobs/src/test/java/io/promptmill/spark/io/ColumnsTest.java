package io.promptmill.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final StructType TABLE =
      new StructType().add("text", DataTypes.StringType).add("id", DataTypes.LongType);

  @Test
  void areFoundByName() {
    assertThat(Columns.require(TABLE, "id").dataType()).isEqualTo(DataTypes.LongType);
    assertThat(Columns.select(TABLE, List.of("id")).fieldNames()).containsExactly("id");
  }

  @Test
  void thatAreMissingNameTheNearestOne() {
    assertThatThrownBy(() -> Columns.require(TABLE, "tex"))
        .isInstanceOf(PromptmillException.class)
        .hasMessage("no column 'tex' in the input (did you mean 'text'?); it has: text, id");
    assertThatThrownBy(() -> Columns.require(new StructType(), "text"))
        .hasMessage("no column 'text': the input is empty, and has no columns");
    assertThatThrownBy(() -> Columns.require(TABLE.add("id", DataTypes.StringType), "id"))
        .hasMessage("column 'id' stands 2 times in the input: text, id, id");
  }

  @Test
  void cannotHaveTheNameOfAResult() {
    Columns.requireNone(TABLE, "response");
    assertThatThrownBy(() -> Columns.requireNone(TABLE, "TEXT"))
        .isInstanceOf(PromptmillException.class)
        .hasMessage(
            "the input has a column 'TEXT', which is the result's name; rename or drop it. It has:"
                + " text, id");
  }

  @Test
  void mayHaveDotsAndBackticksInTheirNames() {
    Row row =
        LocalSpark.session()
            .sql("SELECT 1 AS `a.b``c`, named_struct('b`c', 2) AS a")
            .select(Columns.col("a.b`c"))
            .first();

    assertThat(row.getInt(0)).isEqualTo(1);
  }
}
