/**
 * What the user sees of a job while it runs and when it is done. In: snapshots of executors, row
 * counts. Out: lines and JSON. Next: {@code job}.
 */
package io.promptmill.spark.report;
