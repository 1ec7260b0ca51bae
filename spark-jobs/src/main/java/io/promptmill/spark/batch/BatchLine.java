package io.promptmill.spark.batch;

/**
 * What a line says.
 *
 * @param file URI
 * @param number of the line in its file, from 1
 * @param id hexadecimal digest of the line: the same line has the same, wherever it stands
 * @param customId null where the line has none
 * @param request null where there is a refusal
 * @param refusal null where there is a request
 */
record BatchLine(
    String file, long number, String id, String customId, BatchRequest request, Refusal refusal) {

  String place() {
    return place(file, number);
  }

  static String place(String file, long number) {
    return file + ":" + number;
  }

  /** The same line, refused. */
  BatchLine refused(Refusal why) {
    return new BatchLine(file, number, id, customId, null, why);
  }
}
