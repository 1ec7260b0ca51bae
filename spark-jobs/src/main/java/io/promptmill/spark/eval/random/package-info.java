/** CPython's generator, for what must draw as lm-evaluation-harness does. */
package io.promptmill.spark.eval.random;
