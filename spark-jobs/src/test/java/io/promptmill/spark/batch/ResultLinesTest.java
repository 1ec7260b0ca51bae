package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;

class ResultLinesTest {
  private static final BatchLine LINE =
      new BatchLine("in.jsonl", 3, "1f", "a", null, null)
          .refused(Refusal.OfRequest.invalid("invalid_value", "n", "n: expected 1, found 0"));

  @Test
  void refusedLinesAreErrorsThatTheJobCounts() {
    Row result = (Row) lines(false).join(row(LINE), List.of());

    assertThat(result.getString(0)).isEqualTo(ResultLines.ERRORS);
    assertThat(result.getString(1)).contains("\"custom_id\":\"a\"", "\"status_code\":400");
    assertThat(result.getStruct(2))
        .isEqualTo(RowFactory.create("REQUEST_INVALID", "n: expected 1, found 0"));
  }

  @Test
  void endTheJobWithFileAndLineWhereAsked() {
    assertThatThrownBy(() -> lines(true).join(row(LINE), List.of()))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
        .hasMessage("in.jsonl:3: n: expected 1, found 0");
  }

  private static ResultLines lines(boolean failOnError) {
    return new ResultLines(new ResponseBodies(7, "m"), failOnError);
  }

  private static Row row(BatchLine line) {
    Row values = LineRows.of(line);
    Object[] array = new Object[values.length()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    // The struct inside is read by position, the row itself by name.
    return new GenericRowWithSchema(array, LineRows.SCHEMA);
  }
}
