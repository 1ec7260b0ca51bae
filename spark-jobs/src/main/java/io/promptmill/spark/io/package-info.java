/**
 * Tables in and out, and their columns. In: checked options. Out: a DataFrame, and a committed
 * folder. Next: {@code job}.
 */
package io.promptmill.spark.io;
