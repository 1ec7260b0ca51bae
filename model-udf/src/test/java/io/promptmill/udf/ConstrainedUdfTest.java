package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packaged checkpoint with its random weights, held to a form. */
class ConstrainedUdfTest {
  private static final ModelSpec MODEL =
      new ModelSpec(
          "classpath:promptmill/models/tiny-random",
          "float32",
          List.of("cpu"),
          16L << 20,
          256,
          64,
          0,
          0,
          true);
  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);
  private static final String SCHEMA =
      """
      {"type": "object",
       "properties": {
         "label": {"type": "string", "enum": ["positive", "negative", "中性"]},
         "score": {"type": "integer", "minimum": 0, "maximum": 100},
         "words": {"type": "array", "items": {"type": "string", "maxLength": 12}, "maxItems": 3},
         "reason": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
       "required": ["label", "score", "words"], "additionalProperties": false}
      """;
  private static final List<String> PROMPTS =
      IntStream.range(0, 120)
          .mapToObj(i -> "Review %d: %s".formatted(i, "良い ".repeat(i % 7)))
          .toList();

  private final BufferAllocator allocator = new RootAllocator();
  private final Configuration conf = new Configuration(false);

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @AfterAll
  static void closeEngines() {
    SharedEngines.closeAll();
  }

  @Test
  void everyRowIsValidJsonOfTheSchemaOutOfRandomWeights() {
    Schema validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA, InputFormat.JSON);
    OutputConstraint schema = new OutputConstraint.JsonSchema(SCHEMA);
    for (double temperature : new double[] {0, 1, 50}) {
      for (String text : run(spec(schema, temperature, 40), PROMPTS)) {
        assertThat(validator.validate(text, InputFormat.JSON)).as(text).isEmpty();
      }
    }
  }

  @Test
  void aRowIsTheSameAloneAndInCompany() {
    InferSpec spec = spec(new OutputConstraint.JsonSchema(SCHEMA), 1.0, 40);
    List<String> company = run(spec, PROMPTS);
    for (int row : new int[] {0, 77, 119}) {
      assertThat(run(spec, PROMPTS.subList(row, row + 1)).get(0)).isEqualTo(company.get(row));
    }
    assertThat(company.stream().distinct().count()).isGreaterThan(60);
  }

  @Test
  void choicesAndExpressionsHoldToo() {
    List<String> few = PROMPTS.subList(0, 40);
    List<String> labels = List.of("是", "否", "not sure");
    assertThat(run(spec(new OutputConstraint.Choice(labels), 5, 12), few))
        .allSatisfy(text -> assertThat(text).isIn(labels))
        .contains("是", "否");
    assertThat(run(spec(new OutputConstraint.Regex("[一-龥]{2,3}，\\d{4}-\\d\\d"), 2, 20), few))
        .allSatisfy(text -> assertThat(text).matches("[一-龥]{2,3}，\\d{4}-\\d\\d"));
  }

  @Test
  void aLengthThatNothingFitsInFailsBeforeAnyRow() {
    InferSpec spec = spec(new OutputConstraint.JsonSchema(SCHEMA), 0, 3);
    assertThatThrownBy(() -> run(spec, List.of("a")))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageContaining("max tokens: expected at least")
        .hasMessageContaining("found 3");
  }

  private static InferSpec spec(OutputConstraint constraint, double temperature, int maxTokens) {
    SamplingParams params =
        new SamplingParams(maxTokens, 0, temperature, 0, 1, 0, 1, 0, 0, List.of(), false, 1, -1, 3);
    return new InferSpec.Generate(PROMPT, params, List.of(), constraint);
  }

  private List<String> run(InferSpec spec, List<String> prompts) {
    try (ArrowUdf udf = ArrowUdfs.open(MODEL, spec, conf);
        VectorSchemaRoot input =
            Batches.of(Batches.texts(allocator, "prompt", prompts.toArray(String[]::new)));
        VectorSchemaRoot result = udf.apply(input, allocator)) {
      List<String> texts = new ArrayList<>();
      for (int row = 0; row < result.getRowCount(); row++) {
        texts.add(((StructVector) result.getVector(0)).getObject(row).get("text").toString());
      }
      return texts;
    }
  }
}
