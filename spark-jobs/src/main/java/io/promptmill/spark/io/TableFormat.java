package io.promptmill.spark.io;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * File formats by the name that options give them.
 *
 * @param sparkName name of Spark's data source
 * @param extensions of files that are in this format
 * @param defaults reader options that the user's come on top of
 */
record TableFormat(
    String name, String sparkName, List<String> extensions, Map<String, String> defaults) {

  /** RFC 4180, where quotes are doubled and fields may hold line feeds; Spark's own is neither. */
  private static final Map<String, String> RFC_4180 =
      Map.of("header", "true", "multiLine", "true", "escape", "\"", "quote", "\"");

  private static final List<TableFormat> FILES =
      List.of(
          new TableFormat("parquet", "parquet", List.of("parquet"), Map.of()),
          new TableFormat("jsonl", "json", List.of("jsonl", "ndjson", "json"), Map.of()),
          new TableFormat("csv", "csv", List.of("csv"), RFC_4180),
          new TableFormat("text", "text", List.of("txt", "text"), Map.of()),
          new TableFormat("orc", "orc", List.of("orc"), Map.of()));

  private static final List<String> COMPRESSED = List.of("gz", "bz2", "zst", "lz4", "snappy");

  /** The format of a name that options allow. */
  static TableFormat named(String name) {
    return FILES.stream().filter(format -> format.name.equals(name)).findFirst().orElseThrow();
  }

  /** The format that a file's extension stands for; one of compression may follow it. */
  static Optional<TableFormat> ofFile(String fileName) {
    String name = fileName;
    for (String suffix : COMPRESSED) {
      if (name.endsWith("." + suffix)) {
        name = name.substring(0, name.length() - suffix.length() - 1);
      }
    }
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return FILES.stream().filter(format -> format.extensions.contains(extension)).findFirst();
  }

  /** Extensions that tell a format, for errors. */
  static String allExtensions() {
    return String.join(
        ", ",
        FILES.stream().flatMap(format -> format.extensions.stream().map(e -> "." + e)).toList());
  }
}
