/**
 * Model families: from a checkpoint's config to weight names, blocks and a runnable model. In: a
 * checkpoint. Out: {@link io.promptmill.model.CausalLm}. Next: {@code engine}.
 */
package io.promptmill.model.family;
