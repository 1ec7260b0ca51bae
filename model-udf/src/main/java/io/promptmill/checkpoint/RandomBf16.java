package io.promptmill.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Random bf16 values by table: 16 random bits choose one of 65,536 evenly spaced values, four
 * values from one 64-bit draw. Uniform values serve as well as normal ones, since the sums that a
 * product takes over them are normal either way.
 */
final class RandomBf16 {
  private static final int SIZE = 1 << Short.SIZE;

  private final long[] bits = new long[SIZE];

  RandomBf16(double mean, double deviation) {
    for (int i = 0; i < SIZE; i++) {
      // A uniform variable on [-√3, √3] has unit variance.
      double unit = Math.sqrt(3) * (2 * (i + 0.5) / SIZE - 1);
      bits[i] = bf16((float) (mean + deviation * unit));
    }
  }

  /** Rounds to nearest, ties to even; {@code value} is finite. */
  static int bf16(float value) {
    int raw = Float.floatToRawIntBits(value);
    return (raw + 0x7fff + (raw >>> 16 & 1)) >>> 16;
  }

  /** Fills the array, whose length is a multiple of 8, with little-endian values. */
  void fill(SplittableRandom random, byte[] target) {
    ByteBuffer buffer = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < target.length; at += Long.BYTES) {
      long draw = random.nextLong();
      buffer.putLong(
          at,
          bits[(int) (draw & 0xffff)]
              | bits[(int) (draw >>> 16 & 0xffff)] << 16
              | bits[(int) (draw >>> 32 & 0xffff)] << 32
              | bits[(int) (draw >>> 48)] << 48);
    }
  }
}
