package io.promptmill.model;

/**
 * A causal language model with its paged cache: steps in, next-token facts out. One thread at a
 * time.
 *
 * <p>A row's output is the same bits whatever else is in the step, as long as the latents it
 * attends to are the same.
 */
public interface CausalLm extends AutoCloseable {

  ModelInfo info();

  KvLayout kvLayout();

  /** Largest number of tokens that one step takes. */
  int maxStepTokens();

  /**
   * Runs one step.
   *
   * @throws io.promptmill.error.PromptmillException with {@code ENGINE_FAILED} if the runtime
   *     fails; the latents that the step was to write are undefined then, all others are untouched
   */
  StepOutput step(StepInput input);

  @Override
  void close();
}
