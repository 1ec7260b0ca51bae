package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.engine.SamplingParams;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ResultSchemasTest {

  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);

  @Test
  void responseHasTheFixedFieldsInOrder() {
    InferSpec spec = new InferSpec.Generate(PROMPT, SamplingParams.greedy(8), List.of());

    assertThat(render(ResultSchemas.of(spec)))
        .isEqualTo(
            "response struct{text utf8, finish_reason utf8, prompt_tokens int32, cached_tokens"
                + " int32, truncated_tokens int32, completion_tokens int32, token_ids list<int32>,"
                + " logprobs list<struct{token_id int32, logprob float32, top_ids list<int32>, top_logprobs"
                + " list<float32>}>, error struct{category utf8, message utf8}, model_revision"
                + " utf8}");
  }

  @Test
  void severalSamplesAddOneFieldThatHoldsThemAll() {
    SamplingParams three =
        new SamplingParams(8, 0, 1, 0, 1, 0, 1, 0, 0, List.of(), false, 3, -1, 7);

    assertThat(render(ResultSchemas.of(new InferSpec.Generate(PROMPT, three, List.of()))))
        .endsWith(
            "model_revision utf8, samples list<struct{text utf8, finish_reason utf8,"
                + " completion_tokens int32, token_ids list<int32>, logprobs list<struct{token_id"
                + " int32, logprob float32, top_ids list<int32>, top_logprobs list<float32>}>}>}");
  }

  @Test
  void scoresHaveTheFixedFieldsInOrder() {
    InferSpec spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), false);

    assertThat(render(ResultSchemas.of(spec)))
        .isEqualTo(
            "scores struct{loglikelihoods list<float64>, is_greedy list<bool>, token_counts"
                + " list<int32>, best int32, prompt_tokens int32, cached_tokens int32,"
                + " truncated_tokens int32, error struct{category utf8, message utf8}, model_revision utf8}");
  }

  @Test
  void tokenLogprobsAreAFieldOnlyWhereAskedFor() {
    InferSpec spec = new InferSpec.Score(PROMPT, new CandidateSource.WholeText(), true);

    assertThat(render(ResultSchemas.of(spec))).endsWith(", token_logprobs list<list<float32>>}");
  }

  private static String render(Schema schema) {
    assertThat(schema.getFields()).hasSize(1);
    Field column = schema.getFields().get(0);
    return column.getName() + " " + type(column);
  }

  private static String type(Field field) {
    ArrowType type = field.getType();
    List<Field> children = field.getChildren();
    if (type instanceof ArrowType.Struct) {
      return "struct{"
          + String.join(
              ", ", children.stream().map(child -> child.getName() + " " + type(child)).toList())
          + "}";
    }
    if (type instanceof ArrowType.List) {
      return "list<" + type(children.get(0)) + ">";
    }
    if (type instanceof ArrowType.Int width) {
      return "int" + width.getBitWidth();
    }
    if (type instanceof ArrowType.FloatingPoint precision) {
      return switch (precision.getPrecision()) {
        case HALF -> "float16";
        case SINGLE -> "float32";
        case DOUBLE -> "float64";
      };
    }
    return type instanceof ArrowType.Bool ? "bool" : "utf8";
  }
}
