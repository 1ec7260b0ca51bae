package io.promptmill.spark.translation;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Where a document's language comes from. */
public sealed interface LanguageChoice extends Serializable {

  /** As the row has it, null where it is missing. */
  String of(Row row);

  /** Code or name, the same for all rows. */
  record Fixed(String language) implements LanguageChoice {
    @Override
    public String of(Row row) {
      return language;
    }
  }

  /** A text column of codes or names. */
  record Column(String column) implements LanguageChoice {
    @Override
    public String of(Row row) {
      return row.getAs(column);
    }
  }

  /** The prompt does not say it. */
  record Unsaid() implements LanguageChoice {
    @Override
    public String of(Row row) {
      return null;
    }
  }
}
