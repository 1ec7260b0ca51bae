package io.promptmill.spark.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PySpark package's own tests, with a real PySpark and the artifact. */
class PythonPackageIT {
  @TempDir Path temp;

  @Test
  void passesItsOwnTests() throws Exception {
    Python python = Python.with(List.of(), "-e spark-jobs/python[spark]");
    Path log = temp.resolve("log.txt");

    int exitCode =
        python.run(Python.CLONE.resolve("spark-jobs/python"), log, 400, "-m", "unittest", "-v");

    assertThat(exitCode).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).containsPattern("Ran [1-9]\\d+ tests");
  }
}
