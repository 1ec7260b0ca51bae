package io.promptmill.engine;

import java.util.Locale;

/** Why a completion ended; written to output in lower case. */
public enum FinishReason {
  STOP,
  LENGTH,
  ERROR;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
