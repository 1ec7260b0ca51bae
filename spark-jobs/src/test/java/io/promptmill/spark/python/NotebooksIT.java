package io.promptmill.spark.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks, run anew. */
class NotebooksIT {
  @TempDir Path temp;

  @Test
  void everyCellRunsAndPrintsWhatIsStored() throws Exception {
    Python python =
        Python.with(
            List.of("ipykernel", "matplotlib", "nbclient", "sacrebleu"),
            "-r notebooks/requirements.txt -e spark-jobs/python");
    Path log = temp.resolve("log.txt");

    int exitCode = python.run(Python.CLONE.resolve("notebooks"), log, 900, "execute.py");

    assertThat(exitCode).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log).lines().filter(line -> line.endsWith(", 0 lines differ")))
        .hasSize(4);
  }
}
