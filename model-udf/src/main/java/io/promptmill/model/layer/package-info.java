/**
 * Building blocks of a decoder, each the piece of a graph for one published formula. In: weights by
 * name, activations of a flat batch. Next: {@code family}.
 */
package io.promptmill.model.layer;
