/**
 * What an executor JVM holds: its models, its devices, its running counts. In: model and inference
 * specs. Out: Arrow functions. Next: {@code plan}.
 */
package io.promptmill.spark.executor;
