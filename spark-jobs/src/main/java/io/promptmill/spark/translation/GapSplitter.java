package io.promptmill.spark.translation;

import io.promptmill.spark.plan.RowParts;
import java.util.List;
import org.apache.spark.sql.Row;

/** What a segment is asked about again: what lies between spans that its translation lost. */
final class GapSplitter implements RowParts.Splitter {
  private static final long serialVersionUID = 1;

  private final TranslationSettings settings;

  GapSplitter(TranslationSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Row> parts(Row segment) {
    return gaps(settings, segment).stream()
        .filter(Piece::asked)
        .map(piece -> request(segment, piece.text()))
        .toList();
  }

  /**
   * The segment in pieces if it is to be asked about again, else none.
   *
   * @param segment a part with its answer
   */
  static List<Piece> gaps(TranslationSettings settings, Row segment) {
    String source = segment.getAs(Prompting.TEXT);
    if (source == null) {
      return List.of();
    }
    SegmentAnswer answer = SegmentAnswer.of(segment.getAs(Translation.RESPONSE));
    Mending mending = new Mending(settings.protectedSpans());
    if (answer.error() != null || mending.isFaithful(source, answer.text())) {
      return List.of();
    }
    List<Piece> gaps = mending.gaps(source, answer.text());
    boolean sameRequest = gaps.size() == 1; // would be answered alike
    return sameRequest ? List.of() : gaps;
  }

  private Row request(Row segment, String text) {
    String terms = segment.getAs(Prompting.GLOSSARY);
    return Prompting.row(
        text, segment.getAs(Prompting.SOURCE), segment.getAs(Prompting.TARGET), terms);
  }
}
