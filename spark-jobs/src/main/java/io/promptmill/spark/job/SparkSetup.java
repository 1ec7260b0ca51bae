package io.promptmill.spark.job;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.PromptmillPlugin;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.classic.SparkSession;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import scala.Tuple2;

/**
 * Spark's side of a command line: master and configuration, then the session. {@code --conf} comes
 * before what {@code spark-submit} and {@code spark-defaults.conf} say.
 */
final class SparkSetup implements AutoCloseable {
  private static final String DEFAULT_MASTER = "local[*]";
  private static final String PLUGINS = "spark.plugins";

  private final String job;
  private final SparkConf spark = new SparkConf();
  private SparkSession session;
  private boolean foreign;

  private SparkSetup(String job) {
    this.job = job;
  }

  static List<OptionSpec> options() {
    return List.of(
        OptionSpec.builder("--master")
            .paramLabel("URL")
            .type(String.class)
            .description("Spark master (default: " + DEFAULT_MASTER + ")")
            .build(),
        OptionSpec.builder("--conf")
            .paramLabel("KEY=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .description("Spark configuration, or a key of Promptmill; repeatable")
            .build());
  }

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a --conf is not key=value
   */
  static SparkSetup of(String job, ParseResult parsed) {
    SparkSetup setup = new SparkSetup(job);
    List<String> settings = parsed.matchedOptionValue("--conf", List.of());
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID, "--conf: expected key=value, found '" + setting + "'");
      }
      String key = setting.substring(0, equals);
      String value = setting.substring(equals + 1);
      if (key.startsWith("spark.")) {
        setup.spark.set(key, value);
      } else if (key.startsWith("promptmill.")) {
        setup.spark.set("spark." + key, value);
      } else {
        throw new PromptmillException(
            ErrorCode.OPTION_INVALID,
            "--conf: expected a key that begins with spark. or promptmill., found '" + key + "'");
      }
    }
    String master = parsed.matchedOptionValue("--master", null);
    if (master != null) {
      setup.spark.setMaster(master);
    }
    setup.spark.setIfMissing("spark.master", DEFAULT_MASTER);
    return setup;
  }

  /** All configuration there is before the session starts. */
  Map<String, String> configuration() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Tuple2<String, String> entry : spark.getAll()) {
      all.put(entry._1(), entry._2());
    }
    return all;
  }

  /** Hadoop as the session will have it, for files that are read before there is one. */
  Configuration hadoop() {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> entry : spark.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(entry._1(), entry._2());
    }
    return hadoop;
  }

  /** Starts Spark, with the plugin and with the engine's keys where executors find them. */
  SparkSession session(PromptmillConf conf) {
    if (session == null) {
      spark.setIfMissing("spark.app.name", "promptmill " + job);
      spark.setIfMissing("spark.log.level", "WARN");
      spark.setIfMissing("spark.ui.showConsoleProgress", "false");
      String plugin = PromptmillPlugin.class.getName();
      String plugins = spark.get(PLUGINS, "");
      if (!List.of(plugins.split(",")).contains(plugin)) {
        spark.set(PLUGINS, plugins.isEmpty() ? plugin : plugins + "," + plugin);
      }
      for (ConfKey<?> key : PromptmillKeys.ENGINE) {
        if (conf.isSet(key)) {
          spark.set(key.key(), conf.asText().get(key.name()));
        }
      }
      foreign = SparkSession.getDefaultSession().isDefined();
      session = SparkSession.builder().config(spark).getOrCreate();
    }
    return session;
  }

  /** Stops the session, unless it was there before. */
  @Override
  public void close() {
    if (session != null && !foreign) {
      session.stop();
    }
  }
}
