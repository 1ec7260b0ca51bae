/**
 * Programs to read and to start one's own from; nothing depends on them. In: files that arrive.
 * Out: a table that Spark reads. Next: nothing.
 */
package io.promptmill.spark.example;
