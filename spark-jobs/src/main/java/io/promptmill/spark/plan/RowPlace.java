package io.promptmill.spark.plan;

/**
 * Where a row stands, for messages.
 *
 * @param row number in its partition, from 0
 * @param file that it was read from, empty where Spark knows none
 */
record RowPlace(long row, int partition, String file) {
  @Override
  public String toString() {
    String inPartition = "row " + row + " of partition " + partition;
    return file.isEmpty() ? inPartition : inPartition + " (" + file + ")";
  }
}
