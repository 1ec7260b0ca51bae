package io.promptmill.spark.testing;

import io.promptmill.engine.Pooling;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.udf.ArrowUdf;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.ResultSchemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Answers without a model: {@code generate} gives {@code "echo: "} and the values of all columns
 * read, or the last column alone where JSON is asked for; {@code score} prefers the longest
 * candidate; tokens are chars, an embedding is one and their number. A row fails where its first
 * column is null or begins with {@link #FAIL}. A column value of {@link #EXPLODE} makes the whole
 * batch throw, {@link #HANG} makes it wait to be interrupted.
 */
final class FakeUdf implements ArrowUdf {
  static final String REVISION = "fake-revision";
  static final String EXPLODE = "!explode";
  static final String FAIL = "!fail";
  static final String HANG = "!hang";

  private final InferSpec spec;
  private final Schema schema;

  FakeUdf(InferSpec spec) {
    this.spec = spec;
    this.schema = ResultSchemas.of(spec);
  }

  @Override
  public Schema outputSchema() {
    return schema;
  }

  @Override
  public VectorSchemaRoot apply(VectorSchemaRoot input, BufferAllocator allocator) {
    List<String> names =
        input.getSchema().getFields().stream().map(field -> field.getName()).toList();
    if (!names.equals(InferSpecs.requiredColumns(spec))) {
      throw new AssertionError("got columns " + names + " for " + spec);
    }
    for (int row = 0; row < input.getRowCount(); row++) {
      misbehave(input, row);
    }
    VectorSchemaRoot output = VectorSchemaRoot.create(schema, allocator);
    StructVector result = (StructVector) output.getVector(0);
    for (int row = 0; row < input.getRowCount(); row++) {
      result.setIndexDefined(row);
      text(result, "model_revision", row, REVISION);
      if (input.getVector(0).isNull(row)) {
        fail(result, row, "column '" + names.get(0) + "' is null");
      } else if (first(input, row).startsWith(FAIL)) {
        fail(result, row, "failed as asked");
      } else if (spec instanceof InferSpec.CountTokens) {
        integer(result, "count", row, first(input, row).length());
      } else if (spec instanceof InferSpec.Embed wanted) {
        embed(result, wanted, first(input, row), row);
      } else if (spec instanceof InferSpec.Generate) {
        generate(result, input, row);
      } else {
        score(result, input, row);
      }
    }
    output.setRowCount(input.getRowCount());
    return output;
  }

  private static void misbehave(VectorSchemaRoot input, int row) {
    Object first = input.getVector(0).getObject(row);
    if (first != null && first.toString().equals(EXPLODE)) {
      throw new PromptmillException(ErrorCode.ENGINE_FAILED, "exploded as asked");
    }
    if (first != null && first.toString().equals(HANG)) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new PromptmillException(ErrorCode.ENGINE_CLOSED, "interrupted", e);
      }
    }
  }

  private String first(VectorSchemaRoot input, int row) {
    String value = input.getVector(0).getObject(row).toString();
    return spec.prompt().source() instanceof PromptSource.Json ? FakeSamples.prompt(value) : value;
  }

  private void fail(StructVector result, int row, String message) {
    StructVector error = (StructVector) result.getChild("error");
    error.setIndexDefined(row);
    text(error, "category", row, ErrorCode.PROMPT_INVALID.name());
    text(error, "message", row, message);
    if (spec instanceof InferSpec.Generate) {
      text(result, "finish_reason", row, "error");
    }
  }

  private void generate(StructVector result, VectorSchemaRoot input, int row) {
    String own = ((InferSpec.Generate) spec).parametersColumn();
    if (own != null) {
      String prompt = first(input, row);
      FakeSamples.write(result, row, prompt, input.getVector(own).getObject(row).toString());
      integer(result, "prompt_tokens", row, prompt.length());
      integer(result, "cached_tokens", row, 1);
      return;
    }
    StringBuilder text = new StringBuilder("echo:");
    for (FieldVector column : input.getFieldVectors()) {
      text.append(' ').append(column.getObject(row));
    }
    if (((InferSpec.Generate) spec).constraint() instanceof OutputConstraint.JsonSchema) {
      FieldVector last = input.getFieldVectors().get(input.getFieldVectors().size() - 1);
      text = new StringBuilder(String.valueOf(last.getObject(row)));
    }
    text(result, "text", row, text.toString());
    text(result, "finish_reason", row, "stop");
    integer(result, "prompt_tokens", row, text.length());
    integer(result, "cached_tokens", row, 1);
    integer(result, "truncated_tokens", row, 0);
    integer(result, "completion_tokens", row, 2);
  }

  private static void embed(StructVector result, InferSpec.Embed wanted, String text, int row) {
    ListVector values = (ListVector) result.getChild("values");
    int at = values.startNewValue(row);
    Float4Vector elements = (Float4Vector) values.getDataVector();
    elements.setSafe(at, wanted.pooling() == Pooling.MEAN ? 2 : 1);
    elements.setSafe(at + 1, text.length());
    values.endValue(row, 2);
    integer(result, "prompt_tokens", row, text.length());
    integer(result, "cached_tokens", row, 0);
  }

  private void score(StructVector result, VectorSchemaRoot input, int row) {
    List<String> candidates = candidates(input, row);
    int best = 0;
    ListVector loglikelihoods = (ListVector) result.getChild("loglikelihoods");
    ListVector greedy = (ListVector) result.getChild("is_greedy");
    ListVector counts = (ListVector) result.getChild("token_counts");
    int at = loglikelihoods.startNewValue(row);
    greedy.startNewValue(row);
    counts.startNewValue(row);
    for (int i = 0; i < candidates.size(); i++) {
      best = candidates.get(i).length() > candidates.get(best).length() ? i : best;
      ((Float8Vector) loglikelihoods.getDataVector())
          .setSafe(at + i, -1.0 / candidates.get(i).length());
      ((BitVector) greedy.getDataVector()).setSafe(at + i, 0);
      ((IntVector) counts.getDataVector()).setSafe(at + i, candidates.get(i).length());
    }
    loglikelihoods.endValue(row, candidates.size());
    greedy.endValue(row, candidates.size());
    counts.endValue(row, candidates.size());
    integer(result, "best", row, best);
    integer(result, "prompt_tokens", row, 7);
    integer(result, "cached_tokens", row, 3);
    integer(result, "truncated_tokens", row, 0);
  }

  private List<String> candidates(VectorSchemaRoot input, int row) {
    CandidateSource source = ((InferSpec.Score) spec).candidates();
    if (source instanceof CandidateSource.Fixed fixed) {
      return fixed.candidates();
    }
    if (source instanceof CandidateSource.Columns columns) {
      return columns.columns().stream()
          .map(name -> String.valueOf(input.getVector(name).getObject(row)))
          .toList();
    }
    if (source instanceof CandidateSource.ListColumn list) {
      return ((List<?>) input.getVector(list.column()).getObject(row))
          .stream().map(String::valueOf).toList();
    }
    return List.of("whole text");
  }

  private static void text(StructVector struct, String field, int row, String value) {
    ((VarCharVector) struct.getChild(field)).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void integer(StructVector struct, String field, int row, int value) {
    ((IntVector) struct.getChild(field)).setSafe(row, value);
  }

  @Override
  public void close() {}
}
