package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.TranslationKeys;
import io.promptmill.spark.io.Columns;
import io.promptmill.spark.io.Location;
import io.promptmill.spark.report.Quality;
import io.promptmill.spark.translation.GlossaryChoice;
import io.promptmill.spark.translation.LanguageChoice;
import io.promptmill.spark.translation.Translation;
import io.promptmill.spark.translation.TranslationQuality;
import io.promptmill.spark.translation.TranslationSettings;
import io.promptmill.udf.InferSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Segments, what their translations lost, and rows again. */
record TranslationWork(TranslationOptions options, JobContext context) implements TableWork {

  @Override
  public Dataset<Row> apply(Dataset<Row> rows, InferCalls calls) {
    StructType schema = rows.schema();
    checkColumns(schema);
    InferSpec spec = options.spec();
    Translation translation =
        new Translation(
            new TranslationSettings(
                options.textColumn(),
                options.source(),
                options.target(),
                glossary(schema),
                options.protectedSpans(),
                options.limits(),
                options.glossaryText(),
                context.conf().get(PromptmillKeys.FAIL_ON_ERROR)));
    InferCalls ofParts = calls.withErrorsInRows();
    Dataset<Row> segments = ofParts.whereNotNull(translation.segments(rows), spec);
    Dataset<Row> gaps = ofParts.whereNotNull(translation.gaps(segments), spec);
    return translation.documents(gaps);
  }

  private void checkColumns(StructType schema) {
    List<String> texts = new ArrayList<>(List.of(options.textColumn()));
    for (LanguageChoice language : List.of(options.source(), options.target())) {
      if (language instanceof LanguageChoice.Column column) {
        texts.add(column.column());
      }
    }
    context.conf().find(TranslationKeys.REFERENCE_COLUMN).ifPresent(texts::add);
    for (String name : texts) {
      requireType(name, "text", type(schema, name) instanceof StringType, schema);
    }
    Columns.requireNone(schema, Translation.RESULT);
  }

  private static DataType type(StructType schema, String name) {
    return Columns.require(schema, name).dataType();
  }

  private static void requireType(String name, String expected, boolean holds, StructType schema) {
    if (!holds) {
      throw invalid(
          "column '%s': expected %s, found %s"
              .formatted(name, expected, type(schema, name).catalogString()));
    }
  }

  private GlossaryChoice glossary(StructType schema) {
    PromptmillConf conf = context.conf();
    Optional<String> file = conf.find(TranslationKeys.GLOSSARY);
    if (file.isPresent()) {
      Configuration hadoop = context.session().get().sessionState().newHadoopConf();
      String option = TranslationKeys.GLOSSARY.option();
      Location location = Location.of(option, file.get(), hadoop);
      return GlossaryChoice.ofFile(location.path().toString(), location.text(option));
    }
    Optional<String> column = conf.find(TranslationKeys.GLOSSARY_COLUMN);
    if (column.isEmpty()) {
      return new GlossaryChoice.None();
    }
    DataType type = type(schema, column.get());
    boolean map =
        type instanceof MapType terms
            && terms.keyType().equals(DataTypes.StringType)
            && terms.valueType().equals(DataTypes.StringType);
    requireType(
        column.get(),
        "map<string,string>, or a JSON object as text",
        map || type instanceof StringType,
        schema);
    return map
        ? new GlossaryChoice.MapColumn(column.get())
        : new GlossaryChoice.JsonColumn(column.get());
  }

  @Override
  public Optional<InferSpec> ordered() {
    return Optional.empty();
  }

  @Override
  public boolean oneRequestPerRow() {
    return false;
  }

  @Override
  public Optional<Quality> quality(Dataset<Row> results) {
    TranslationQuality quality =
        TranslationQuality.of(
            results,
            options.target(),
            context.conf().find(TranslationKeys.REFERENCE_COLUMN).orElse(null));
    return Optional.of(new Quality(quality.lines(), quality.values()));
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
