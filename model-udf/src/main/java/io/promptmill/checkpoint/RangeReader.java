package io.promptmill.checkpoint;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** Positioned reads of one open file; used by one thread at a time. */
interface RangeReader extends Closeable {

  /**
   * Fills {@code target} from its position to its limit with the file's bytes from {@code position}
   * on.
   *
   * @throws EOFException if the file ends before the target is full
   */
  void readFully(long position, ByteBuffer target) throws IOException;

  /** Local file: the kernel writes straight into direct targets. */
  static RangeReader local(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new RangeReader() {
      @Override
      public void readFully(long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
          int count = channel.read(target, at);
          if (count < 0) {
            throw new EOFException("file ends at byte " + channel.size());
          }
          at += count;
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /**
   * Hadoop stream: straight into the target where the stream can (HDFS), else through one heap copy
   * as large as the target; callers bound it.
   */
  static RangeReader stream(FSDataInputStream stream) {
    boolean intoBuffers = stream.hasCapability(StreamCapabilities.PREADBYTEBUFFER);
    return new RangeReader() {
      private byte[] copy = new byte[0];

      @Override
      public void readFully(long position, ByteBuffer target) throws IOException {
        if (intoBuffers) {
          stream.readFully(position, target);
          return;
        }
        int length = target.remaining();
        if (copy.length < length) {
          copy = new byte[length];
        }
        stream.readFully(position, copy, 0, length);
        target.put(copy, 0, length);
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }
}
