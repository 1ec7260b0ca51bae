package io.promptmill.spark.batch;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the blocks that Spark reads files in stand among the lines.
 *
 * @param spans by file and start of the block in it, bytes
 */
record FileBlocks(Map<String, Map<Long, Span>> spans) implements Serializable {
  private static final Span UNKNOWN = new Span(0, 0, Long.MAX_VALUE);

  /**
   * A block and what it holds.
   *
   * @param start in the file, bytes
   * @param requests lines that are not blank
   */
  record Block(String file, long start, long lines, long requests) {}

  /**
   * A block among those of its file.
   *
   * @param before lines of the file before it
   * @param taken requests of it at most, from its first
   */
  record Span(long before, long requests, long taken) implements Serializable {}

  static FileBlocks of(List<Block> blocks) {
    Map<String, TreeMap<Long, Block>> files = new HashMap<>();
    for (Block block : blocks) {
      files
          .computeIfAbsent(block.file(), file -> new TreeMap<>())
          .merge(
              block.start(),
              block,
              (one, other) ->
                  new Block(
                      one.file(),
                      one.start(),
                      one.lines() + other.lines(),
                      one.requests() + other.requests()));
    }
    Map<String, Map<Long, Span>> spans = new TreeMap<>();
    files.forEach(
        (file, inOrder) -> {
          long before = 0;
          for (Block block : inOrder.values()) {
            spans
                .computeIfAbsent(file, name -> new TreeMap<>())
                .put(block.start(), new Span(before, block.requests(), Long.MAX_VALUE));
            before += block.lines();
          }
        });
    return new FileBlocks(spans);
  }

  /** The same, of which only the first requests are taken, in order of files and lines. */
  FileBlocks first(long requests) {
    Map<String, Map<Long, Span>> cut = new TreeMap<>();
    long left = requests;
    for (String file : spans.keySet()) {
      for (Map.Entry<Long, Span> block : spans.get(file).entrySet()) {
        Span span = block.getValue();
        long taken = Math.min(left, span.requests());
        cut.computeIfAbsent(file, name -> new TreeMap<>())
            .put(block.getKey(), new Span(span.before(), span.requests(), taken));
        left -= taken;
      }
    }
    return new FileBlocks(cut);
  }

  /** Lines that are not blank, by file. */
  Map<String, Long> requests() {
    Map<String, Long> requests = new TreeMap<>();
    spans.forEach(
        (file, blocks) ->
            requests.put(file, blocks.values().stream().mapToLong(Span::requests).sum()));
    return requests;
  }

  Span span(String file, long start) {
    return spans.getOrDefault(file, Map.of()).getOrDefault(start, UNKNOWN);
  }
}
