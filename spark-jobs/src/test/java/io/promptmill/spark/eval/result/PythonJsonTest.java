package io.promptmill.spark.eval.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.io.Sha256;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected texts were printed by CPython's json.dumps. */
class PythonJsonTest {

  @Test
  void compactHasASpaceAfterCommaAndColon() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", Arrays.asList(1, 2.0, null, true, List.of(), Map.of()));
    value.put("山", "x\"\\\n\r\t\b\f\u0001\u007f\u2028😀/");
    value.put("n", List.of(Double.NaN, Double.POSITIVE_INFINITY, -1e-7));
    assertThat(PythonJson.compact(value))
        .isEqualTo(
            "{\"a\": [1, 2.0, null, true, [], {}], \"山\": \"x\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u007f\u2028😀/\","
                + " \"n\": [NaN, Infinity, -1e-07]}");
  }

  @Test
  void indentedHasEachMemberOnALineAndEmptyOnesClosed() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", List.of(1, List.of()));
    value.put("b", Map.of());
    assertThat(PythonJson.indented(value))
        .isEqualTo(
            """
            {
              "a": [
                1,
                []
              ],
              "b": {}
            }""");
  }

  @Test
  void hashIsOverUtf8() {
    assertThat(Sha256.of("磨坊"))
        .isEqualTo("944d00f68a424c5ffed59b5fee8bedb3817c11dee1caaad144673987ceeaf288");
  }
}
