package io.promptmill.spark.translation;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that prompts are made of. */
final class Prompting {
  static final String TEXT = "text";
  static final String SOURCE = "source_language";
  static final String TARGET = "target_language";
  static final String GLOSSARY = "glossary";

  static final StructType SCHEMA =
      new StructType()
          .add(TEXT, DataTypes.StringType)
          .add(SOURCE, DataTypes.StringType)
          .add(TARGET, DataTypes.StringType)
          .add(GLOSSARY, DataTypes.StringType);

  private Prompting() {}

  static Row row(String text, String source, String target, String glossary) {
    return RowFactory.create(text, source, target, glossary);
  }

  /** A line that says how to translate the terms; empty if there are none. */
  static String glossary(String glossaryText, Set<Term> terms) {
    if (terms.isEmpty()) {
      return "";
    }
    String listed =
        terms.stream()
            .map(term -> term.source() + " = " + term.target())
            .collect(Collectors.joining("; "));
    return glossaryText.replace("{terms}", listed) + "\n";
  }
}
