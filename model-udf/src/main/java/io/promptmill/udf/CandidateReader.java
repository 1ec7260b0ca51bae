package io.promptmill.udf;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.BaseListVector;

/** The candidates of each row of one batch. */
@FunctionalInterface
interface CandidateReader {

  /**
   * At least one candidate, none of them empty.
   *
   * @throws PromptmillException with {@link ErrorCode#CANDIDATES_INVALID} if the row breaks that
   */
  List<String> at(int row);

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a column is missing or of
   *     the wrong type
   */
  static CandidateReader bind(CandidateSource source, VectorSchemaRoot batch) {
    if (source instanceof CandidateSource.Fixed fixed) {
      return row -> fixed.candidates();
    }
    if (source instanceof CandidateSource.Columns columns) {
      List<ColumnText> texts = new ArrayList<>();
      for (String name : columns.columns()) {
        FieldVector vector = InputColumn.of(batch, name);
        texts.add(ColumnRendering.of(vector, name, ErrorCode.CANDIDATES_INVALID));
      }
      return row -> {
        List<String> candidates = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
          candidates.add(nonEmpty(texts.get(i).at(row), columns.columns().get(i), ""));
        }
        return candidates;
      };
    }
    if (source instanceof CandidateSource.ListColumn column) {
      return list(InputColumn.of(batch, column.column()), column.column());
    }
    throw new IllegalArgumentException(source + " has no candidates");
  }

  private static CandidateReader list(FieldVector vector, String name) {
    if (!(vector instanceof BaseListVector lists)
        || !ColumnText.isText(vector.getChildrenFromFields().get(0))) {
      throw InputColumn.unsupported(vector, "an array of texts");
    }
    ColumnText texts =
        ColumnText.of(vector.getChildrenFromFields().get(0), name, ErrorCode.CANDIDATES_INVALID);
    return row -> {
      int start = lists.isNull(row) ? 0 : lists.getElementStartIndex(row);
      int end = lists.isNull(row) ? 0 : lists.getElementEndIndex(row);
      if (start == end) {
        String found = lists.isNull(row) ? "null" : "an empty array";
        throw invalid(name, "at least one candidate", found);
      }
      List<String> candidates = new ArrayList<>(end - start);
      for (int at = start; at < end; at++) {
        candidates.add(nonEmpty(texts.at(at), name, " as candidate " + (at - start)));
      }
      return candidates;
    };
  }

  private static String nonEmpty(String candidate, String column, String place) {
    if (candidate == null || candidate.isEmpty()) {
      String found = candidate == null ? "null" : "an empty text";
      throw invalid(column, "a text", found + place);
    }
    return candidate;
  }

  private static PromptmillException invalid(String column, String expected, String found) {
    return new PromptmillException(
        ErrorCode.CANDIDATES_INVALID,
        "column '" + column + "': expected " + expected + ", found " + found);
  }
}
