package io.promptmill.spark.function;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The instructions of functions and jobs, one file each. */
public final class Prompts {
  private static final String FOLDER = "/promptmill/prompts/";

  private Prompts() {}

  /**
   * The file {@code <name>.txt}, without the line feed at its end: a template over the columns of
   * the function or job.
   */
  public static String of(String name) {
    String path = FOLDER + name + ".txt";
    try (InputStream file = Prompts.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID, "expected the prompt " + path + " in the jar, found none");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
