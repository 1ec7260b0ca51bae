package io.promptmill.spark.plan;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What a task has asked, so that equal requests are computed once. Forgets what was asked for
 * longest ago when it is full: that may then be computed again.
 */
final class RequestTable {
  private final long capacity;
  private final Map<UnsafeRow, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Entry(Answer answer, long bytes) {}

  /**
   * @param capacity bytes of requests and answers to remember; an answer counts as {@code
   *     answerBytes} because it is not known when its request comes
   */
  RequestTable(long capacity) {
    this.capacity = capacity;
  }

  /** The answer to an equal request, or null. */
  Answer find(UnsafeRow request) {
    Entry entry = entries.get(request);
    return entry == null ? null : entry.answer();
  }

  /**
   * @param request its content is copied
   * @param answerBytes what its answer may take
   */
  void remember(UnsafeRow request, Answer answer, long answerBytes) {
    Entry entry = new Entry(answer, request.getSizeInBytes() + answerBytes);
    entries.put(request.copy(), entry);
    bytes += entry.bytes();
    Iterator<Entry> eldest = entries.values().iterator();
    while (bytes > capacity && entries.size() > 1) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }
}
