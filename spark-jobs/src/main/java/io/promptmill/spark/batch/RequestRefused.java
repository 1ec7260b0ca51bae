package io.promptmill.spark.batch;

/** Ends the reading of a line with what is wrong with it; files may be full of such lines. */
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  RequestRefused(Refusal refusal) {
    super(refusal.message(), null, false, false); // a stack says nothing about the line
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  static RequestRefused missing(String param) {
    return body(
        "missing_required_parameter", param, "Missing required parameter: '" + param + "'.");
  }

  static RequestRefused type(String param, String expected, Object found) {
    return body(
        "invalid_type",
        param,
        "Invalid type for '%s': expected %s, found %s.".formatted(param, expected, found));
  }

  static RequestRefused value(String param, String expected, Object found) {
    return body(
        "invalid_value",
        param,
        "Invalid value for '%s': expected %s, found %s.".formatted(param, expected, found));
  }

  static RequestRefused unsupported(String param, String why) {
    return body(
        "unsupported_parameter", param, "Unsupported parameter: '%s'%s.".formatted(param, why));
  }

  private static RequestRefused body(String code, String param, String message) {
    return new RequestRefused(Refusal.OfRequest.invalid(code, param, message));
  }
}
