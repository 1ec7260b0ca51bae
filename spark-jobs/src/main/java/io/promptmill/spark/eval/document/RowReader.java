package io.promptmill.spark.eval.document;

import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads the rows of one file in their order. */
@FunctionalInterface
interface RowReader {

  /**
   * @param columns names for a file that has none; empty where the file names them
   * @return fields by name in the file's order: String, Long, Double, Boolean, List, Map or null
   * @throws PromptmillException naming file and row where the content is not as expected
   * @throws IOException if the file system fails or the bytes are not in the format
   */
  List<Map<String, Object>> read(DataFile file, List<String> columns) throws IOException;
}
