package io.promptmill.spark.eval.document;

import io.promptmill.spark.eval.task.DatasetDefinition;

/** A split that a run reads. */
public record SplitNeed(DatasetDefinition dataset, String split) {}
