package io.promptmill.spark.testing;

import io.promptmill.spark.PromptmillExtensions;
import io.promptmill.spark.PromptmillPlugin;
import org.apache.spark.sql.SparkSession;

/** The session that all tests of this JVM share. */
public final class LocalSpark {
  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("promptmill tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.driver.host", "localhost")
          .config("spark.plugins", PromptmillPlugin.class.getName())
          .config("spark.sql.session.timeZone", "UTC")
          .withExtensions(new PromptmillExtensions(new TestOpener()))
          .getOrCreate();

  private LocalSpark() {}

  public static SparkSession session() {
    return SESSION;
  }
}
