package io.promptmill.text;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.List;

/**
 * Text of one completion while it grows, watched for stop strings, which may begin and end inside
 * tokens. Not thread-safe; one instance for one completion.
 */
public final class StopStrings {

  private static final int NOT_STOPPED = -1;

  private final List<String> stops;
  private final StreamDecoder decoder;
  private final StringBuilder text = new StringBuilder();
  private int cut = NOT_STOPPED;

  /**
   * @param stops texts that end the completion; may be empty
   * @throws PromptmillException with {@code OPTION_INVALID} if a stop string is empty
   */
  public StopStrings(Tokenizer tokenizer, List<String> stops, boolean skipSpecialTokens) {
    if (stops.stream().anyMatch(String::isEmpty)) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, "stop strings must not be empty, found " + stops);
    }
    this.stops = List.copyOf(stops);
    decoder = new StreamDecoder(tokenizer, skipSpecialTokens);
  }

  /**
   * Takes the next completion token; true once a stop string is complete, and from then on, when
   * further tokens are ignored.
   */
  public boolean accept(int tokenId) {
    if (!stopped()) {
      append(decoder.accept(tokenId));
    }
    return stopped();
  }

  public boolean stopped() {
    return cut != NOT_STOPPED;
  }

  /**
   * Ends the completion and gives its text: all of it, or what stands before the stop string that
   * begins first. A last character that stayed incomplete becomes U+FFFD.
   */
  public String finish() {
    if (!stopped()) {
      append(decoder.finish());
    }
    return stopped() ? text.substring(0, cut) : text.toString();
  }

  private void append(String piece) {
    if (piece.isEmpty()) {
      return;
    }
    int before = text.length();
    text.append(piece);
    for (String stop : stops) {
      int found = text.indexOf(stop, Math.max(0, before - stop.length() + 1));
      if (found >= 0 && (cut == NOT_STOPPED || found < cut)) {
        cut = found;
      }
    }
  }
}
