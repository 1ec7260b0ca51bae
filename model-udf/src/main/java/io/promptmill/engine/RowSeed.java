package io.promptmill.engine;

/**
 * Counter-based random numbers: the number at a position depends on seed, row key, sample number
 * and position alone, so a row draws the same tokens in any batch, on any machine, after any retry.
 * The mixing function is SplitMix64's (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014).
 */
final class RowSeed {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final long key;

  RowSeed(long seed, long rowKey, int sample) {
    key = mix(mix(mix(seed + GAMMA) + rowKey + GAMMA) + sample + GAMMA);
  }

  /** Uniform in [0, 1), 53 bits. */
  double uniform(int position) {
    return (mix(key + (position + 1) * GAMMA) >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
