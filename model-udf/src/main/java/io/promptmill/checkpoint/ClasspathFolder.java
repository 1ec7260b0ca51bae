package io.promptmill.checkpoint;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint among the resources of the class path, found by file names. Each file that is asked
 * for is copied once to a temporary folder, since a packed resource has no positions to read from;
 * closing deletes the folder.
 */
final class ClasspathFolder implements CheckpointFiles {
  static final String SCHEME = "classpath:";

  private final String folder;
  private final ClassLoader loader;
  private final Path copies;
  private final Map<String, Path> copied = new HashMap<>();

  private ClasspathFolder(String folder, ClassLoader loader, Path copies) {
    this.folder = folder;
    this.loader = loader;
    this.copies = copies;
  }

  /**
   * @param uri {@code classpath:folder}, from the root of the class path
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if it names no folder
   */
  static ClasspathFolder open(String uri) {
    String folder = uri.substring(SCHEME.length()).replaceAll("^/+|/+$", "");
    if (folder.isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "checkpoint " + uri + ": expected classpath:folder, found no folder");
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return new ClasspathFolder(
          folder,
          context == null ? ClasspathFolder.class.getClassLoader() : context,
          Files.createTempDirectory("promptmill-checkpoint"));
    } catch (IOException e) {
      throw new PromptmillException(
          ErrorCode.CHECKPOINT_INVALID, uri + ": no temporary folder for its files: " + e, e);
    }
  }

  @Override
  public String uri() {
    return SCHEME + folder;
  }

  @Override
  public synchronized Optional<CheckpointFile> find(String name) throws IOException {
    Path copy = copied.get(name);
    if (copy == null) {
      try (InputStream resource = loader.getResourceAsStream(folder + "/" + name)) {
        if (resource == null) {
          return Optional.empty();
        }
        copy = copies.resolve("file-" + copied.size());
        Files.copy(resource, copy);
        copied.put(name, copy);
      }
    }
    Path file = copy;
    return Optional.of(new CheckpointFile(name, Files.size(file), () -> RangeReader.local(file)));
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(copies)) {
      return;
    }
    Files.walkFileTree(
        copies,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
