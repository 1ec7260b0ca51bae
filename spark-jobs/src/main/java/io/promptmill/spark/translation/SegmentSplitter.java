package io.promptmill.spark.translation;

import io.promptmill.spark.plan.RowParts;
import java.util.List;
import org.apache.spark.sql.Row;

/** What a row is asked about first: its segments. */
final class SegmentSplitter implements RowParts.Splitter {
  private static final long serialVersionUID = 1;

  private final TranslationSettings settings;
  private final DocumentReader reader;

  SegmentSplitter(TranslationSettings settings) {
    this.settings = settings;
    this.reader = new DocumentReader(settings);
  }

  @Override
  public List<Row> parts(Row row) {
    SourceDocument document = reader.read(row);
    return document.segments().stream()
        .map(
            segment ->
                Prompting.row(
                    segment,
                    document.source(),
                    document.target(),
                    Prompting.glossary(
                        settings.glossaryText(),
                        document
                            .glossary()
                            .termsIn(segment, settings.protectedSpans().find(segment)))))
        .toList();
  }
}
