package io.promptmill.spark.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Answer SCORES =
      new Answer.Scores(
          List.of(-0.1, -1.0 / 3, Double.NEGATIVE_INFINITY),
          List.of(true, false, false),
          List.of(1, 2, 3),
          9,
          4,
          0);
  private static final Answer TEXTS =
      new Answer.Texts(List.of("a \"b\"\n\u2028", "中文 🙂 {}"), 3, 2, 1, 7);

  @TempDir Path temp;
  private final List<String> notes = new ArrayList<>();

  private Journal open() throws IOException {
    return Journal.open(
        new org.apache.hadoop.fs.Path(temp.resolve("items").toUri()),
        new Configuration(false),
        notes::add);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("items"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  @Test
  void givesBackExactlyWhatItKept() throws IOException {
    open().append(List.of(new KeyedAnswer("k1", SCORES), new KeyedAnswer("k2", TEXTS)));

    Journal again = open();

    assertThat(again.find("k1")).contains(SCORES);
    assertThat(again.find("k2")).contains(TEXTS);
    assertThat(again.find("k3")).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void keepsNoFailures() throws IOException {
    Journal journal = open();

    journal.append(List.of(new KeyedAnswer("k", new Answer.Failed("PROMPT_TOO_LONG", "x"))));

    assertThat(open().find("k")).isEmpty();
    assertThat(temp.resolve("items")).doesNotExist();
  }

  @Test
  void damagedLinesCountAsMissingAndAreNamed() throws IOException {
    open()
        .append(
            List.of(
                new KeyedAnswer("cut", SCORES),
                new KeyedAnswer("changed", SCORES),
                new KeyedAnswer("whole", TEXTS)));
    Path file = files().get(0);
    List<String> lines = Files.readAllLines(file);
    String cut = lines.get(0).substring(0, lines.get(0).length() / 2);
    String changed = lines.get(1).replace("-0.1", "-0.2");
    Files.write(file, List.of(lines.get(2), changed, cut));
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

    Journal journal = open();

    assertThat(journal.find("whole")).contains(TEXTS);
    assertThat(journal.find("cut")).isEmpty();
    assertThat(journal.find("changed")).isEmpty();
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).contains(file.getFileName() + ", line 2", "checksum");
    assertThat(notes.get(1)).contains("line 3", "cut off", "computed again");
  }

  @Test
  void aFileThatItsFileSystemFindsDamagedIsNamed() throws IOException {
    // Hadoop's instance is shared, and jobs that write single files turn checksums off
    FileSystem.getLocal(new Configuration(false)).setWriteChecksum(true);
    open().append(List.of(new KeyedAnswer("k", TEXTS)));
    Path file = files().get(0);
    Files.writeString(file, Files.readString(file).replace("k", "j"));

    assertThat(open().find("j")).isEmpty();
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).contains(file.getFileName() + " is damaged", "computed again");
  }

  @Test
  void filesThatWereNotFinishedAreLeftAside() throws IOException {
    open().append(List.of(new KeyedAnswer("k", TEXTS)));
    Path file = files().get(0);
    Files.move(file, file.resolveSibling("_" + file.getFileName() + ".inprogress"));

    assertThat(open().find("k")).isEmpty();
    assertThat(notes).isEmpty();
  }
}
