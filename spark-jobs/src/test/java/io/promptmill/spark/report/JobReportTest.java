package io.promptmill.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.spark.executor.ModelFacts;
import io.promptmill.spark.plan.RowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobReportTest {

  private static JobReport report(OptionalLong rowsRead) {
    RowCounts counts =
        new RowCounts(
            10,
            Map.of("PROMPT_TOO_LONG", 2L, "PROMPT_INVALID", 1L),
            1000,
            250,
            500,
            3,
            2_000_000_000L,
            Set.of("abc"),
            Set.of(new ModelFacts("DeepseekV2ForCausalLM", "bfloat16", List.of("/CPU:0"), 7, 14)));
    return JobReport.of(
        "generate",
        Instant.parse("2026-11-24T00:00:00Z"),
        Duration.ofSeconds(5),
        rowsRead,
        counts,
        null,
        Map.of("maxTokens", "48"),
        Map.of("spark", "4.2.0"));
  }

  @Test
  void jsonHasCountsRatesModelAndOptions() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report(OptionalLong.of(10)).toJson());

    assertThat(json.get("rowsRead").asLong()).isEqualTo(10);
    assertThat(json.get("rowsFailed").asLong()).isEqualTo(3);
    assertThat(json.get("completionTokensPerSecond").asDouble()).isEqualTo(100);
    assertThat(json.get("taskWaitSeconds").asDouble()).isEqualTo(2);
    assertThat(json.get("startedAt").asText()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(json.at("/models/0/dtype").asText()).isEqualTo("bfloat16");
    assertThat(json.at("/options/maxTokens").asText()).isEqualTo("48");
    assertThat(json.has("complete")).as("only what is documented").isFalse();
  }

  @Test
  void theSummaryNamesErrorsAndLostRows() {
    assertThat(report(OptionalLong.of(12)).summary())
        .contains(
            "10 rows in 5.0 s (2.00 rows/s), 3 failed",
            "  PROMPT_INVALID: 1",
            "  PROMPT_TOO_LONG: 2",
            "prompt tokens 1,000 (200.0/s), from prefix cache 250 (25.0 %)",
            "model DeepseekV2ForCausalLM, bfloat16 on /CPU:0, 7 parameters",
            "expected one result for each of the 12 input rows, found 10");
    assertThat(report(OptionalLong.of(12)).hasEveryRow()).isFalse();
    assertThat(report(OptionalLong.empty()).hasEveryRow()).isTrue();
  }
}
