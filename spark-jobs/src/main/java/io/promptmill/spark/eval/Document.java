package io.promptmill.spark.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One document of a data set.
 *
 * @param fields values by name in the order of lm-evaluation-harness's document, because hashes are
 *     over it: String, Long, Double, Boolean, List, Map or null
 */
public record Document(Map<String, Object> fields) {
  public Document {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
