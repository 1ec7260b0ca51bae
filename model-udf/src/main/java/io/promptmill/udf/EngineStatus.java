package io.promptmill.udf;

import io.promptmill.engine.EngineMetrics;
import io.promptmill.model.ModelInfo;

/** What an open engine is and has done, for progress lines and reports. */
public record EngineStatus(ModelInfo model, EngineMetrics metrics) {}
