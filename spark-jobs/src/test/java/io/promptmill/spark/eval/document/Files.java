package io.promptmill.spark.eval.document;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Local files as the readers see them. */
final class Files {

  private Files() {}

  static DataFile at(Path path) throws IOException {
    return new DataFile(
        FileSystem.getLocal(new Configuration()), new org.apache.hadoop.fs.Path(path.toUri()));
  }

  static DataFile write(Path path, String text) throws IOException {
    return write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  static DataFile write(Path path, byte[] bytes) throws IOException {
    java.nio.file.Files.createDirectories(path.getParent());
    java.nio.file.Files.write(path, bytes);
    return at(path);
  }

  /** A fixture; its folder has a PROVENANCE.md. */
  static Path fixture(String name) {
    try {
      URL url = Files.class.getResource("/eval/document/" + name);
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
