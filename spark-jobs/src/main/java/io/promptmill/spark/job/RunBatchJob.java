package io.promptmill.spark.job;

import io.promptmill.engine.Pooling;
import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.spark.batch.BatchFiles;
import io.promptmill.spark.batch.BatchOutput;
import io.promptmill.spark.batch.BatchSurvey;
import io.promptmill.spark.batch.RequestParts;
import io.promptmill.spark.batch.ResponseBodies;
import io.promptmill.spark.batch.ResultLines;
import io.promptmill.spark.conf.BatchKeys;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.io.RowSink;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Answers OpenAI's batch files. */
final class RunBatchJob implements Job {

  @Override
  public String name() {
    return "run-batch";
  }

  @Override
  public String summary() {
    return "Answers OpenAI's batch files: lines of JSON, each a request to /v1/chat/completions,"
        + " /v1/completions or /v1/embeddings.";
  }

  @Override
  public List<ConfKey<?>> keys() {
    return PromptmillKeys.RUN_BATCH;
  }

  @Override
  public void run(JobContext context) throws IOException {
    PromptmillConf conf = context.conf();
    long created = conf.find(BatchKeys.CREATED).orElseGet(() -> Instant.now().getEpochSecond());
    SparkSession spark = context.session().get();
    Configuration hadoop = spark.sessionState().newHadoopConf();
    JobFrame.checkModel(conf, hadoop);
    BatchFiles input = BatchFiles.open(spark, conf, hadoop);
    Optional<RowSink> output = BatchOutput.open(conf, input, hadoop);
    BatchSurvey survey = input.survey(conf);
    OptionalInt limit = JobFrame.limit(conf);
    long total = limit.isPresent() ? Math.min(limit.getAsInt(), survey.total()) : survey.total();
    ResultLines lines =
        new ResultLines(
            new ResponseBodies(created, modelName(conf)), conf.get(PromptmillKeys.FAIL_ON_ERROR));
    JobFrame frame =
        new JobFrame(
            name(),
            (schema, rows) ->
                rows.stream()
                    .map(row -> row.<Row>getAs(ResultLines.RESULT).<String>getAs(ResultLines.LINE))
                    .collect(Collectors.joining("\n", "", "\n")));
    frame.run(
        context,
        input.requests(survey, conf, limit),
        OptionalLong.of(total),
        new Work(conf, survey, lines),
        output);
  }

  /** What a model is called that nobody named: the last part of its address. */
  private static String modelName(PromptmillConf conf) {
    return conf.find(BatchKeys.SERVED_MODEL_NAME)
        .orElseGet(
            () ->
                conf.get(PromptmillKeys.MODEL).replaceFirst("/+$", "").replaceFirst(".*[/:]", ""));
  }

  private record Work(PromptmillConf conf, BatchSurvey survey, ResultLines lines)
      implements TableWork {

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, InferCalls calls) {
      Dataset<Row> parts = RequestParts.of(rows);
      List<InferSpec> specs = new ArrayList<>();
      if (survey.generates()) {
        specs.add(generate());
      }
      if (survey.embeds()) {
        specs.add(embed());
      }
      // where nobody asks for embeddings, nobody shall pay for them
      return lines.of(
          specs.isEmpty() ? parts : calls.withErrorsInRows().whereNotNull(parts, specs));
    }

    /** All that is particular about a completion comes with its part. */
    private static InferSpec generate() {
      return new InferSpec.Generate(
          json(RequestParts.PROMPT),
          SamplingParams.greedy(Integer.MAX_VALUE),
          List.of(),
          OutputConstraint.NONE,
          RequestParts.PARAMETERS);
    }

    private InferSpec embed() {
      Pooling pooling = Pooling.valueOf(conf.get(BatchKeys.POOLING).toUpperCase(Locale.ROOT));
      return new InferSpec.Embed(json(RequestParts.INPUT), pooling);
    }

    private static PromptSpec json(String column) {
      return new PromptSpec(new PromptSource.Json(column), false, null);
    }

    @Override
    public Optional<InferSpec> ordered() {
      return Optional.empty();
    }

    @Override
    public boolean oneRequestPerRow() {
      return survey.oneEach();
    }
  }
}
