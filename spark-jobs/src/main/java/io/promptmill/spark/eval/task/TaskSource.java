package io.promptmill.spark.eval.task;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Where the text of a task file is. Equal sources are the same file. */
sealed interface TaskSource {

  /** Folder of the packaged files on the class path. */
  String PACKAGED_ROOT = "promptmill/tasks/";

  /** Heads the path of a packaged file in {@code include}. */
  String PACKAGED_SCHEME = "promptmill:";

  /** As named in messages and results. */
  String origin();

  /** The text, or nothing where there is no such file. */
  Optional<String> read();

  /** The file of the same kind at a path relative to this one. */
  TaskSource sibling(String relative);

  /** What an {@code include} of this file names. */
  default TaskSource included(String reference) {
    return reference.startsWith(PACKAGED_SCHEME)
        ? new Packaged(reference.substring(PACKAGED_SCHEME.length()))
        : sibling(reference);
  }

  /**
   * A file of the jar.
   *
   * @param path below {@link #PACKAGED_ROOT}
   */
  record Packaged(String path) implements TaskSource {

    @Override
    public String origin() {
      return PACKAGED_ROOT + path;
    }

    @Override
    public Optional<String> read() {
      try (InputStream in = Packaged.class.getClassLoader().getResourceAsStream(origin())) {
        return in == null
            ? Optional.empty()
            : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw unreadable(this, e);
      }
    }

    @Override
    public TaskSource sibling(String relative) {
      return new Packaged(URI.create(path).resolve(relative).getPath());
    }
  }

  /** A file that a user brings. */
  record Stored(Location location) implements TaskSource {

    @Override
    public String origin() {
      return location.path().toString();
    }

    @Override
    public Optional<String> read() {
      try {
        if (!location.fileSystem().exists(location.path())) {
          return Optional.empty();
        }
        try (InputStream in = location.fileSystem().open(location.path())) {
          return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw unreadable(this, e);
      }
    }

    @Override
    public TaskSource sibling(String relative) {
      return new Stored(
          Location.of(
              "include of " + origin(),
              new Path(location.path().getParent(), relative).toString(),
              location.fileSystem().getConf()));
    }
  }

  /** The files that {@code promptmill/tasks/index} names. */
  static List<TaskSource> packaged() {
    String index =
        new Packaged("index")
            .read()
            .orElseThrow(() -> new IllegalStateException(PACKAGED_ROOT + "index is not packaged"));
    return index
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .<TaskSource>map(Packaged::new)
        .toList();
  }

  /**
   * A file, or all {@code .yaml} and {@code .yml} files at any depth of a folder whose names do not
   * begin with {@code _}, in order of their paths.
   *
   * @throws PromptmillException with {@code OPTION_INVALID} if there is no such path or no such
   *     file
   */
  static List<TaskSource> at(String uri, Configuration hadoop) {
    Location root = Location.of("--include-path", uri, hadoop);
    try {
      if (!root.fileSystem().exists(root.path())) {
        throw invalid("no such file or folder", root);
      }
      List<Path> files = new ArrayList<>();
      collect(root, root.fileSystem().getFileStatus(root.path()), files);
      if (files.isEmpty()) {
        throw invalid("no .yaml file in it", root);
      }
      return files.stream()
          .sorted(Comparator.comparing(Path::toString))
          .<TaskSource>map(path -> new Stored(new Location(root.fileSystem(), path)))
          .toList();
    } catch (IOException e) {
      throw unreadable(new Stored(root), e);
    }
  }

  private static void collect(Location root, FileStatus status, List<Path> files)
      throws IOException {
    String name = status.getPath().getName();
    if (status.isDirectory()) {
      for (FileStatus child : root.fileSystem().listStatus(status.getPath())) {
        collect(root, child, files);
      }
    } else if (status.getPath().equals(root.path())
        || (!name.startsWith("_") && (name.endsWith(".yaml") || name.endsWith(".yml")))) {
      files.add(status.getPath());
    }
  }

  private static PromptmillException invalid(String problem, Location root) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "--include-path: expected a task file or a folder with task files, found %s: %s"
            .formatted(root.path(), problem));
  }

  private static PromptmillException unreadable(TaskSource source, IOException e) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "task file %s cannot be read: %s".formatted(source.origin(), e.getMessage()),
        e);
  }
}
