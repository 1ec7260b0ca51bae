package io.promptmill.spark.plan;

import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.immutable.Seq;

/** Turns rows into the requests of one call. Used by the task's thread alone. */
final class RequestReader {
  private static final long REMEMBERED_BYTES = 64L << 20;
  private static final long BYTES_OF_TOKEN = 8;
  private static final long BYTES_OF_ANSWER = 256;
  private static final long BYTES_OF_EMBEDDING = 16 << 10;

  private final RequestRule rule;
  private final UnsafeProjection toInputs;
  private final Schema schema;
  private final long answerBytes;
  private final RequestTable asked = new RequestTable(REMEMBERED_BYTES);

  private VectorSchemaRoot columns;
  private ArrowWriter writer;
  private List<Answer> answers;
  private List<Integer> askedBy;
  private int reused;
  private long bytes;

  RequestReader(
      InferCall call,
      Seq<Expression> inputs,
      Seq<Attribute> childOutput,
      String timeZone,
      int partition) {
    this.rule = call.requests();
    this.toInputs = UnsafeProjection.create(inputs, childOutput);
    this.toInputs.initialize(partition);
    this.schema = ArrowUtils.toArrowSchema(inputType(call, inputs), timeZone, true, false);
    this.answerBytes = answerBytes(call.spec());
  }

  /** Roughly what an answer takes, for the bound of the table. */
  private static long answerBytes(InferSpec spec) {
    if (spec instanceof InferSpec.Generate generate) {
      return BYTES_OF_ANSWER + BYTES_OF_TOKEN * generate.sampling().maxTokens();
    }
    return spec instanceof InferSpec.Embed ? BYTES_OF_EMBEDDING : BYTES_OF_ANSWER;
  }

  private static StructType inputType(InferCall call, Seq<Expression> inputs) {
    List<String> names = InferSpecs.requiredColumns(call.spec());
    StructField[] fields = new StructField[names.size()];
    for (int i = 0; i < fields.length; i++) {
      Expression input = inputs.apply(i);
      fields[i] =
          new StructField(names.get(i), input.dataType(), input.nullable(), Metadata.empty());
    }
    return new StructType(fields);
  }

  /** Starts a batch. */
  void begin(BufferAllocator allocator) {
    columns = VectorSchemaRoot.create(schema, allocator);
    writer = ArrowWriter.create(columns);
    answers = new ArrayList<>();
    askedBy = new ArrayList<>();
    reused = 0;
    bytes = 0;
  }

  /**
   * What a row asks.
   *
   * @param at the row's number in the input batch
   */
  Answer ask(InternalRow row, int at) {
    UnsafeRow request = toInputs.apply(row);
    if (rule != RequestRule.EVERY_ROW && request.anyNull()) {
      return Answer.NONE;
    }
    if (rule == RequestRule.DISTINCT) {
      Answer known = asked.find(request);
      if (known != null) {
        reused++;
        return known;
      }
    }
    Answer answer = new Answer();
    if (rule == RequestRule.DISTINCT) {
      asked.remember(request, answer, answerBytes);
    }
    writer.write(request);
    bytes += request.getSizeInBytes();
    answers.add(answer);
    askedBy.add(at);
    return answer;
  }

  int size() {
    return answers.size();
  }

  long bytes() {
    return bytes;
  }

  RequestBatch finish() {
    writer.finish();
    return new RequestBatch(columns, answers, askedBy, reused);
  }

  /** Releases the batch that was begun. */
  void abandon() {
    columns.close();
  }
}
