package io.promptmill.spark.translation;

import org.apache.spark.sql.Row;

/**
 * What the model said to one request.
 *
 * @param text null where it failed
 * @param error {@code {category, message}}, null where it did not fail
 */
record SegmentAnswer(
    String text, boolean cut, int prompt, int cached, int completion, Row error, String revision) {

  /**
   * @param response as {@code ResultSchemas} has it, null where nothing was asked
   */
  static SegmentAnswer of(Row response) {
    return new SegmentAnswer(
        response.getAs("text"),
        "length".equals(response.getAs("finish_reason")),
        count(response, "prompt_tokens"),
        count(response, "cached_tokens"),
        count(response, "completion_tokens"),
        response.getAs("error"),
        response.getAs("model_revision"));
  }

  private static int count(Row response, String field) {
    Integer count = response.getAs(field);
    return count == null ? 0 : count;
  }
}
