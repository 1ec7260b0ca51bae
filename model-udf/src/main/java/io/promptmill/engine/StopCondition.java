package io.promptmill.engine;

/**
 * Decides from the tokens so far whether a completion is finished; one instance for one completion.
 */
@FunctionalInterface
public interface StopCondition {

  /** Never stops. */
  StopCondition NEVER = tokenId -> false;

  /**
   * Takes the next completion token; true ends the completion with {@link FinishReason#STOP}, the
   * token included.
   */
  boolean accept(int tokenId);
}
