package io.promptmill.spark.eval.task;

import java.util.List;
import java.util.Map;

/**
 * Where documents come from, in their original files.
 *
 * @param suite folder under {@code --data}, and the name by which a suite's location is set alone
 * @param files path below the suite's folder by split ({@code train}, {@code dev}, {@code val},
 *     {@code test}); the first of several alternatives that exists counts
 * @param columns names of a CSV file without header; empty where the file has one
 * @param document fields of the document by name, Jinja over the file's row; empty takes the row
 * @param evalSplit split that is evaluated unless {@code --split} says otherwise
 * @param howToGet one sentence for the message that files are missing
 */
public record DatasetDefinition(
    String suite,
    Map<String, List<String>> files,
    List<String> columns,
    Map<String, String> document,
    String evalSplit,
    String howToGet) {}
