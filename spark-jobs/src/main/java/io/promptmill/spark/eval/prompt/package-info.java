/**
 * Documents to what is asked of the model, as lm-evaluation-harness 0.4.13 words it ({@code
 * lm_eval/api/task.py}, {@code samplers.py}). In: a task and its documents. Out: items. Next:
 * {@code eval.run}.
 */
package io.promptmill.spark.eval.prompt;
