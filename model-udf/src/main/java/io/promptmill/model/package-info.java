/**
 * The contract of a causal language model: a step over a flat batch in, next-token facts out. Next:
 * {@code engine}.
 */
package io.promptmill.model;
