package io.promptmill.spark.translation;

import io.promptmill.error.ErrorCode;
import io.promptmill.spark.plan.RowParts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Makes of a row's segments its translation. */
final class DocumentJoiner implements RowParts.Joiner {
  private static final long serialVersionUID = 1;

  private final TranslationSettings settings;
  private final DocumentReader reader;

  DocumentJoiner(TranslationSettings settings) {
    this.settings = settings;
    this.reader = new DocumentReader(settings);
  }

  @Override
  public Object join(Row row, List<Row> segments) {
    SourceDocument document = reader.read(row);
    if (document.problem() != null) {
      return failed(document.problem());
    }
    List<Row> outcomes =
        segments.stream().map(segment -> segment.<Row>getAs(Translation.OUTCOME)).toList();
    Row error = error(outcomes);
    List<String> texts = outcomes.stream().map(outcome -> outcome.<String>getAs("text")).toList();
    boolean cut = count(outcomes, "cut") > 0;
    return RowFactory.create(
        error == null ? Reassembly.of(document.text(), document.pieces(), texts) : null,
        outcomes.size(),
        count(outcomes, "fallback"),
        count(outcomes, "untranslated"),
        error == null ? CollectionConverters.asScala(missing(document, texts)).toSeq() : null,
        sum(outcomes, "prompt_tokens"),
        sum(outcomes, "cached_tokens"),
        sum(outcomes, "completion_tokens"),
        error != null ? "error" : cut ? "length" : "stop",
        error,
        outcomes.isEmpty() ? null : outcomes.get(0).getAs("model_revision"));
  }

  private static Row failed(String problem) {
    Row error = RowFactory.create(ErrorCode.PROMPT_INVALID.name(), problem);
    return RowFactory.create(null, 0, 0, 0, null, null, null, null, "error", error, null);
  }

  /** The first segment's that failed. */
  private static Row error(List<Row> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      Row error = outcomes.get(i).getAs("error");
      if (error != null) {
        return RowFactory.create(
            error.getString(0),
            "segment %d of %d: %s".formatted(i + 1, outcomes.size(), error.getString(1)));
      }
    }
    return null;
  }

  private List<Row> missing(SourceDocument document, List<String> texts) {
    Set<Term> missing = new LinkedHashSet<>();
    List<String> segments = document.segments();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      for (Term term :
          document.glossary().termsIn(segment, settings.protectedSpans().find(segment))) {
        if (!term.isIn(texts.get(i))) {
          missing.add(term);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    missing.forEach(term -> rows.add(RowFactory.create(term.source(), term.target())));
    return rows;
  }

  private static int count(List<Row> outcomes, String flag) {
    return (int) outcomes.stream().filter(outcome -> outcome.<Boolean>getAs(flag)).count();
  }

  private static int sum(List<Row> outcomes, String field) {
    return outcomes.stream().mapToInt(outcome -> outcome.<Integer>getAs(field)).sum();
  }
}
