package io.promptmill.spark.eval.document;

import com.github.luben.zstd.ZstdInputStream;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** One file of a data set, which may be compressed as its last extension says. */
record DataFile(FileSystem fileSystem, Path path) {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "zst");

  /** Extension without that of compression, in lower case; empty where there is none. */
  String extension() {
    String name = path.getName().toLowerCase(Locale.ROOT);
    String last = lastExtension(name);
    if (COMPRESSED.contains(last)) {
      return lastExtension(name.substring(0, name.length() - last.length() - 1));
    }
    return last;
  }

  private static String lastExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  /** The decompressed bytes. */
  InputStream open() throws IOException {
    Configuration hadoop = fileSystem.getConf();
    InputStream raw = fileSystem.open(path);
    if (path.getName().toLowerCase(Locale.ROOT).endsWith(".zst")) {
      // Hadoop's own codec needs a native Hadoop; Spark brings this one.
      return new ZstdInputStream(raw);
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  /** The text; bytes that are not UTF-8 fail while reading, a byte order mark is left out. */
  BufferedReader openText() throws IOException {
    Reader decoder =
        new InputStreamReader(
            open(),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    BufferedReader text = new BufferedReader(decoder);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** An error that names the file. */
  PromptmillException invalid(String problem) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, path + ": " + problem);
  }
}
