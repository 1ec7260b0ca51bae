package io.promptmill.spark.classification;

import io.promptmill.spark.plan.RowParts;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One label for each text, or any number. */
sealed interface Kind extends RowParts.Splitter, RowParts.Joiner permits SingleLabel, MultiLabel {

  Labels labels();

  Question question();

  /** Columns of a row's parts. */
  StructType parts(StructType rows);

  StructField result();

  /** Fields of the result to print. */
  List<String> shown();
}
