package io.promptmill.spark.eval.document;

import java.util.Map;
import java.util.Optional;

/**
 * Where data sets are, as the user says.
 *
 * @param data URI of a folder with a folder for each suite
 * @param locations URI by suite: its folder, or one file that holds every split asked for; goes
 *     before {@code data}
 */
public record DataRoots(Optional<String> data, Map<String, String> locations) {
  public DataRoots {
    locations = Map.copyOf(locations);
  }

  /** URI of the suite's folder or file, empty where the user gave none. */
  Optional<String> uri(String suite) {
    Optional<String> own = Optional.ofNullable(locations.get(suite));
    return own.isPresent() ? own : data.map(root -> root.replaceAll("/+$", "") + "/" + suite);
  }

  /** The option that gave the suite's URI, for errors. */
  String option(String suite) {
    return locations.containsKey(suite) ? "--data-location " + suite : "--data";
  }
}
