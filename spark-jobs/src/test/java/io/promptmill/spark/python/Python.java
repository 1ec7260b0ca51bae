package io.promptmill.spark.python;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Python interpreter of {@code -Dtest.python=...}, with what a test needs of packages.
 *
 * @param executable its path, or its name on the PATH
 */
record Python(String executable) {
  static final Path CLONE =
      Path.of(System.getProperty("promptmill.launcher")).resolve("../../..").normalize();

  private static final Path PACKAGE = CLONE.resolve("spark-jobs/python");
  private static final String PROBE =
      """
      import importlib, pyspark, sys
      for module in sys.argv[2:]:
          importlib.import_module(module)
      if pyspark.__version__ != sys.argv[1]:
          sys.exit("pyspark " + pyspark.__version__)
      """;
  private static final String SPARK = System.getProperty("promptmill.spark.version");

  /**
   * Skips the test, with the missing package's name and how to get it, where the interpreter lacks
   * one.
   *
   * @param modules names of modules beside {@code pyspark}
   * @param requirements arguments of {@code pip install} that bring them all
   */
  static Python with(List<String> modules, String requirements)
      throws IOException, InterruptedException {
    Python python = new Python(System.getProperty("promptmill.python"));
    List<String> probe = new ArrayList<>(List.of("-c", PROBE, SPARK));
    probe.addAll(modules);
    Path log = Files.createTempFile("python", ".log");
    try {
      if (python.run(CLONE, log, 60, probe.toArray(String[]::new)) != 0) {
        abort(missing(python, Files.readString(log), requirements));
      }
    } catch (IOException e) {
      abort(missing(python, e.getMessage(), requirements));
    } finally {
      Files.delete(log);
    }
    return python;
  }

  private static String missing(Python python, String found, String requirements) {
    String last = found.strip().lines().reduce("", (first, second) -> second);
    return """
        %s: needs pyspark %s, found: %s; \
        python3 -m venv venv && venv/bin/pip install %s, then mvn verify -Dtest.python=$PWD/venv/bin/python"""
        .formatted(python.executable(), SPARK, last, requirements);
  }

  /**
   * Runs the interpreter with the package on its path and the Java of this JVM.
   *
   * @param log file for what it prints
   * @return its exit code
   */
  int run(Path folder, Path log, int seconds, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("SPARK_HOME"); // PySpark brings its own
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PYTHONPATH", PACKAGE.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          "%s did not end within %d s:%n%s"
              .formatted(command, seconds, Files.readString(log, StandardCharsets.UTF_8)));
    }
    return process.exitValue();
  }
}
