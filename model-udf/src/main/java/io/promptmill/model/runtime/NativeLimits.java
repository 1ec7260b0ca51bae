package io.promptmill.model.runtime;

/**
 * JavaCPP, which TensorFlow Java allocates with, refuses tensors once the process holds four times
 * the Java heap; resident weights soon do. It reads the limit when the first of its classes is
 * initialised, so every class that may be the first to use TensorFlow lifts it before.
 */
final class NativeLimits {
  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private NativeLimits() {}

  /** Lifts the limit unless the user has set one. */
  static void lift() {
    if (System.getProperty(PHYSICAL_LIMIT) == null) {
      System.setProperty(PHYSICAL_LIMIT, "0");
    }
  }
}
