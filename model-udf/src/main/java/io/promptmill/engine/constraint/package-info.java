/**
 * Outputs held to a form: a text constraint becomes an automaton over UTF-8 bytes, and this with a
 * vocabulary's bytes the tokens that may come next. In: a constraint and what each token id stands
 * for. Out: masks for the sampler. Knows no tokenizer. Next: {@code engine}.
 */
package io.promptmill.engine.constraint;
