/**
 * Arrow batches of rows in, Arrow batches of results out; joins text and engine. Next: the Spark
 * operator.
 */
package io.promptmill.udf;
