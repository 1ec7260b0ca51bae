package io.promptmill.spark.translation;

import io.promptmill.spark.plan.RowParts;
import io.promptmill.spark.translation.Mending.Mended;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;

/** Makes of the answers to a segment, and to its gaps, the segment's translation. */
final class SegmentJoiner implements RowParts.Joiner {
  private static final long serialVersionUID = 1;

  private final TranslationSettings settings;

  SegmentJoiner(TranslationSettings settings) {
    this.settings = settings;
  }

  @Override
  public Object join(Row segment, List<Row> gapRows) {
    String source = segment.getAs(Prompting.TEXT);
    if (source == null) {
      return null; // a row without segments
    }
    SegmentAnswer first = SegmentAnswer.of(segment.getAs(Translation.RESPONSE));
    List<SegmentAnswer> all = new ArrayList<>(List.of(first));
    gapRows.forEach(gap -> all.add(SegmentAnswer.of(gap.getAs(Translation.RESPONSE))));
    Row error =
        all.stream()
            .map(SegmentAnswer::error)
            .filter(each -> each != null)
            .findFirst()
            .orElse(null);
    Mending mending = new Mending(settings.protectedSpans());
    Mended mended = null;
    if (error == null && gapRows.isEmpty()) {
      mended = mending.whole(source, first.text());
    } else if (error == null) {
      List<String> answers = all.subList(1, all.size()).stream().map(SegmentAnswer::text).toList();
      mended = mending.together(source, GapSplitter.gaps(settings, segment), answers);
    }
    List<SegmentAnswer> used = gapRows.isEmpty() ? all : all.subList(1, all.size());
    Object[] outcome = {
      mended == null ? null : mended.text(),
      !gapRows.isEmpty(),
      mended != null && !mended.complete(),
      used.stream().anyMatch(SegmentAnswer::cut),
      all.stream().mapToInt(SegmentAnswer::prompt).sum(),
      all.stream().mapToInt(SegmentAnswer::cached).sum(),
      all.stream().mapToInt(SegmentAnswer::completion).sum(),
      error,
      first.revision()
    };
    return new GenericRowWithSchema(outcome, Translation.OUTCOME_TYPE);
  }
}
