/**
 * Classification: labels, the prompts that ask for them, what scores say about them, and how good
 * that was. In: rows with a text. Out: rows with the column {@code classification}; numbers about
 * them. Jobs run what this package plans.
 */
package io.promptmill.spark.classification;
