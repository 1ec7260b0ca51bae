package io.promptmill.udf;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;

/** Fills what both result columns have: the row itself, its error and the model's revision. */
final class OutcomeWriter {

  private final StructVector rows;
  private final VarCharVector revisions;
  private final StructVector errors;
  private final VarCharVector categories;
  private final VarCharVector messages;
  private final byte[] revision;

  OutcomeWriter(StructVector rows, String revision) {
    this.rows = rows;
    this.revisions = rows.getChild("model_revision", VarCharVector.class);
    this.errors = rows.getChild("error", StructVector.class);
    this.categories = errors.getChild("category", VarCharVector.class);
    this.messages = errors.getChild("message", VarCharVector.class);
    this.revision = utf8(revision);
  }

  void succeeded(int row) {
    rows.setIndexDefined(row);
    revisions.setSafe(row, revision);
  }

  void failed(int row, RowError error) {
    succeeded(row);
    errors.setIndexDefined(row);
    categories.setSafe(row, utf8(error.category().name()));
    messages.setSafe(row, utf8(error.message()));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
