package io.promptmill.spark.batch;

/** Why a line has no response of its endpoint. */
sealed interface Refusal {

  /** For people; names what was expected and what was found. */
  String message();

  /**
   * The line never became a request.
   *
   * @param code such as {@code invalid_json_line}
   */
  record OfLine(String code, String message) implements Refusal {}

  /**
   * The endpoint's answer is an error.
   *
   * @param status as of HTTP
   * @param type such as {@code invalid_request_error}
   * @param code null where the type says it all
   * @param param the body's field that is at fault, null where none is
   */
  record OfRequest(int status, String type, String code, String param, String message)
      implements Refusal {

    /** A body that cannot be answered. */
    static OfRequest invalid(String code, String param, String message) {
      return new OfRequest(400, "invalid_request_error", code, param, message);
    }
  }
}
