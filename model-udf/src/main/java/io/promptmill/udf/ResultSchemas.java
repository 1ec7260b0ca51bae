package io.promptmill.udf;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Arrow schemas of the result column. Plain Java: the driver plans with it and loads no native
 * code.
 *
 * <p>A row without an error has every field that applies; a row with one has {@code error}, {@code
 * model_revision} and, in {@code response}, {@code finish_reason} alone.
 */
public final class ResultSchemas {

  /** Name of the one column that {@link InferSpec.Generate} gives. */
  public static final String RESPONSE = "response";

  /** Name of the one column that {@link InferSpec.Score} gives. */
  public static final String SCORES = "scores";

  /** Name of the one column that {@link InferSpec.Embed} gives. */
  public static final String EMBEDDING = "embedding";

  /** Name of the one column that {@link InferSpec.CountTokens} gives. */
  public static final String TOKEN_COUNT = "token_count";

  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType BOOL = ArrowType.Bool.INSTANCE;
  private static final ArrowType FLOAT32 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
  private static final ArrowType FLOAT64 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private ResultSchemas() {}

  /** Schema with the one struct column that the spec gives. */
  public static Schema of(InferSpec spec) {
    if (spec instanceof InferSpec.Generate generate) {
      boolean ofRow = generate.parameters().isPresent();
      return new Schema(List.of(response(ofRow || generate.sampling().n() > 1, ofRow)));
    }
    if (spec instanceof InferSpec.Embed) {
      return new Schema(List.of(embedding()));
    }
    if (spec instanceof InferSpec.CountTokens) {
      return new Schema(List.of(tokenCount()));
    }
    InferSpec.Score score = (InferSpec.Score) spec;
    return new Schema(List.of(scores(score.tokenLogprobs())));
  }

  /**
   * @param samples whether all completions of a row are there, and not its first alone
   * @param tokenBytes whether log-probabilities tell what their tokens stand for
   */
  private static Field response(boolean samples, boolean tokenBytes) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                nullable("text", UTF8),
                required("finish_reason", UTF8),
                nullable("prompt_tokens", INT32),
                nullable("cached_tokens", INT32),
                nullable("truncated_tokens", INT32),
                nullable("completion_tokens", INT32),
                list("token_ids", required("element", INT32)),
                logprobs(tokenBytes),
                error(),
                required("model_revision", UTF8)));
    if (samples) {
      Field sample =
          required(
              "element",
              ArrowType.Struct.INSTANCE,
              required("text", UTF8),
              required("finish_reason", UTF8),
              required("completion_tokens", INT32),
              list("token_ids", required("element", INT32)),
              logprobs(tokenBytes));
      fields.add(list("samples", sample));
    }
    return struct(RESPONSE, fields);
  }

  private static Field scores(boolean tokenLogprobs) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                list("loglikelihoods", required("element", FLOAT64)),
                list("is_greedy", required("element", BOOL)),
                list("token_counts", required("element", INT32)),
                nullable("best", INT32),
                nullable("prompt_tokens", INT32),
                nullable("cached_tokens", INT32),
                nullable("truncated_tokens", INT32),
                error(),
                required("model_revision", UTF8)));
    if (tokenLogprobs) {
      Field ofCandidate =
          required("element", ArrowType.List.INSTANCE, required("element", FLOAT32));
      fields.add(list("token_logprobs", ofCandidate));
    }
    return struct(SCORES, fields);
  }

  private static Field embedding() {
    return struct(
        EMBEDDING,
        List.of(
            list("values", required("element", FLOAT32)),
            nullable("prompt_tokens", INT32),
            nullable("cached_tokens", INT32),
            error(),
            required("model_revision", UTF8)));
  }

  private static Field tokenCount() {
    return struct(
        TOKEN_COUNT, List.of(nullable("count", INT32), error(), required("model_revision", UTF8)));
  }

  private static Field logprobs(boolean tokenBytes) {
    List<Field> token =
        new ArrayList<>(
            List.of(
                required("token_id", INT32),
                required("logprob", FLOAT32),
                required("top_ids", ArrowType.List.INSTANCE, required("element", INT32)),
                required("top_logprobs", ArrowType.List.INSTANCE, required("element", FLOAT32))));
    if (tokenBytes) {
      token.add(required("bytes", ArrowType.Binary.INSTANCE));
      token.add(
          required(
              "top_bytes",
              ArrowType.List.INSTANCE,
              required("element", ArrowType.Binary.INSTANCE)));
    }
    return list(
        "logprobs", required("element", ArrowType.Struct.INSTANCE, token.toArray(Field[]::new)));
  }

  private static Field error() {
    return new Field(
        "error",
        FieldType.nullable(ArrowType.Struct.INSTANCE),
        List.of(required("category", UTF8), required("message", UTF8)));
  }

  private static Field struct(String name, List<Field> fields) {
    return new Field(name, FieldType.notNullable(ArrowType.Struct.INSTANCE), fields);
  }

  private static Field list(String name, Field element) {
    return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(element));
  }

  private static Field nullable(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), List.of());
  }

  private static Field required(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.notNullable(type), List.of(children));
  }
}
