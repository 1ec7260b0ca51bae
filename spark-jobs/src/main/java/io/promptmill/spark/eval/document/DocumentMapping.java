package io.promptmill.spark.eval.document;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.DatasetDefinition;
import io.promptmill.text.python.JinjaTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a file's row a document.
 *
 * @param fields templates over the row by the document's field; empty takes the row
 */
record DocumentMapping(Map<String, JinjaTemplate> fields) {

  /**
   * @throws PromptmillException if a template is malformed
   */
  static DocumentMapping of(DatasetDefinition dataset) {
    Map<String, JinjaTemplate> fields = new LinkedHashMap<>();
    dataset
        .document()
        .forEach(
            (name, template) ->
                fields.put(
                    name,
                    JinjaTemplate.parse(
                        template, "dataset.document.%s of %s".formatted(name, dataset.suite()))));
    return new DocumentMapping(fields);
  }

  /**
   * @param index of the row in its file, from 0, for errors
   */
  Document document(Map<String, Object> row, DataFile file, int index) {
    if (fields.isEmpty()) {
      return new Document(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    try {
      fields.forEach((name, template) -> document.put(name, template.evaluate(row)));
    } catch (PromptmillException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: row %d with columns %s: %s"
              .formatted(file.path(), index, row.keySet(), e.getMessage()),
          e);
    }
    return new Document(document);
  }
}
