package io.promptmill.text.python;

/**
 * A name or field that a template uses and that is not there; any use of it is an error, except
 * tests and filters made for it.
 *
 * @param what for messages, such as {@code 'answer' is undefined}
 */
record Undefined(String what) {

  /** The value, which must be there. */
  static Object require(Object value) {
    if (value instanceof Undefined undefined) {
      throw new JinjaError(undefined.what);
    }
    return value;
  }
}
