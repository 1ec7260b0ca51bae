package io.promptmill.udf;

import io.promptmill.checkpoint.CheckpointDirectory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;

/** Tokenizers of this JVM that are open without their models, by checkpoint. Thread-safe. */
final class SharedTokenizers {
  private static final ConcurrentMap<String, CheckpointText> OPEN = new ConcurrentHashMap<>();

  private SharedTokenizers() {}

  /** Reads the checkpoint's small files if this is the first use; others wait. */
  static CheckpointText open(String uri, Configuration conf) {
    return OPEN.computeIfAbsent(
        uri,
        folder -> {
          try (CheckpointDirectory checkpoint = CheckpointDirectory.open(folder, conf)) {
            return CheckpointText.read(checkpoint);
          }
        });
  }

  static void close(String uri) {
    OPEN.remove(uri);
  }

  static void closeAll() {
    OPEN.clear();
  }
}
