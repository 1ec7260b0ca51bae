package io.promptmill.spark.eval.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Answers that are kept, by key: files of lines in one folder of any Hadoop file system, each
 * written whole under a temporary name and then renamed. Not thread-safe.
 */
public final class Journal {
  private static final String SUFFIX = ".jsonl";

  private final FileSystem fileSystem;
  private final Path folder;
  private final Map<String, Answer> answers = new HashMap<>();

  private Journal(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /**
   * Reads what there is; a folder that does not exist is made with the first answers.
   *
   * @param notes takes a sentence about each damaged line or file, which counts as not there
   */
  public static Journal open(Path folder, Configuration hadoop, Consumer<String> notes)
      throws IOException {
    Journal journal = new Journal(folder.getFileSystem(hadoop), folder);
    if (journal.fileSystem.exists(folder)) {
      for (FileStatus file : journal.fileSystem.listStatus(folder)) {
        if (file.isFile() && file.getPath().getName().endsWith(SUFFIX)) {
          journal.read(file.getPath(), notes);
        }
      }
    }
    return journal;
  }

  private void read(Path file, Consumer<String> notes) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fileSystem.open(file), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          KeyedAnswer answer = JournalLine.read(line);
          answers.put(answer.key(), answer.answer());
        } catch (IllegalArgumentException e) {
          notes.accept(
              "%s, line %d is damaged and its answer will be computed again: %s"
                  .formatted(file, number, e.getMessage()));
        }
      }
    } catch (ChecksumException e) {
      notes.accept(
          "%s is damaged and answers in it will be computed again: %s"
              .formatted(file, e.getMessage()));
    }
  }

  Optional<Answer> find(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /** Keeps answers; failures among them are left out. */
  void append(Collection<KeyedAnswer> finished) throws IOException {
    List<KeyedAnswer> kept =
        finished.stream().filter(each -> !(each.answer() instanceof Answer.Failed)).toList();
    if (kept.isEmpty()) {
      return;
    }
    String name = UUID.randomUUID() + SUFFIX;
    Path temporary = new Path(folder, "_" + name + ".inprogress");
    try (OutputStream out = fileSystem.create(temporary, false)) {
      for (KeyedAnswer answer : kept) {
        out.write((JournalLine.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = new Path(folder, name);
    if (!fileSystem.rename(temporary, file)) {
      throw new IOException("cannot rename " + temporary + " to " + file);
    }
    kept.forEach(each -> answers.put(each.key(), each.answer()));
  }
}
