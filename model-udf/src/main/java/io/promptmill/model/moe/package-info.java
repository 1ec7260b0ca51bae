/**
 * Mixture of experts: which experts a token goes to, and what they compute. In: normed activations
 * of a flat batch. Next: {@code family}.
 */
package io.promptmill.model.moe;
