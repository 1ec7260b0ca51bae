/**
 * Options and configuration keys: one table of them, their checks, their precedence. In: command
 * line and Spark configuration. Out: checked values. Next: {@code job}.
 */
package io.promptmill.spark.conf;
