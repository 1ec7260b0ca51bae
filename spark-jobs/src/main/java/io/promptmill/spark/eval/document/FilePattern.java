package io.promptmill.spark.eval.document;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A path below a folder whose names may hold {@code *}; other characters stand for themselves. */
record FilePattern(String text) {

  /** Files that match, ordered by name. */
  List<DataFile> find(FileSystem fileSystem, Path folder) throws IOException {
    List<Path> found = List.of(folder);
    for (String name : text.split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        next.addAll(name.contains("*") ? matching(fileSystem, parent, name) : child(parent, name));
      }
      found = next;
    }
    List<DataFile> files = new ArrayList<>();
    for (Path path : found) {
      if (isFile(fileSystem, path)) {
        files.add(new DataFile(fileSystem, path));
      }
    }
    files.sort(Comparator.comparing(file -> file.path().toString()));
    return files;
  }

  private static List<Path> child(Path parent, String name) {
    return List.of(new Path(parent, name));
  }

  private static List<Path> matching(FileSystem fileSystem, Path parent, String name)
      throws IOException {
    Pattern pattern = Pattern.compile(("\\Q" + name + "\\E").replace("*", "\\E.*\\Q"));
    List<Path> found = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(parent)) {
        if (pattern.matcher(status.getPath().getName()).matches()) {
          found.add(status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }

  static boolean isFile(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
