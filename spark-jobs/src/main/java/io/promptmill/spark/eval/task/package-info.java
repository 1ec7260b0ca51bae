/**
 * Evaluation tasks as data. In: YAML files, packaged or at any Hadoop URI. Out: definitions with
 * includes, subjects and groups resolved, and every name checked. Next: {@code eval.prompt}.
 */
package io.promptmill.spark.eval.task;
