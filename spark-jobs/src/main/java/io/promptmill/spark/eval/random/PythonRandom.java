package io.promptmill.spark.eval.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CPython 3.11's {@code random.Random}: MT19937 seeded by {@code init_by_array}, and the draws that
 * are built on it. Not thread-safe.
 */
public final class PythonRandom {

  private static final int SIZE = 624;
  private static final int MIDDLE = 397;
  private static final int MATRIX = 0x9908b0df;
  private static final int UPPER = 0x80000000;

  private final int[] state = new int[SIZE];
  private int index = SIZE;

  /** {@code random.Random(seed)}; as there, the sign of the seed does not count. */
  public PythonRandom(long seed) {
    long magnitude = Math.absExact(seed);
    int high = (int) (magnitude >>> 32);
    seed(high == 0 ? new int[] {(int) magnitude} : new int[] {(int) magnitude, high});
  }

  private void seed(int[] key) {
    state[0] = 19650218;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * mixed(i) + i;
    }
    int i = 1;
    int j = 0;
    for (int k = Math.max(SIZE, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1664525)) + key[j] + j;
      i = nextSeeded(i);
      j = (j + 1) % key.length;
    }
    for (int k = SIZE - 1; k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
      i = nextSeeded(i);
    }
    state[0] = UPPER;
  }

  private int mixed(int i) {
    return state[i - 1] ^ (state[i - 1] >>> 30);
  }

  private int nextSeeded(int i) {
    if (i + 1 < SIZE) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  /** {@code getrandbits(bits)}, in the low bits. */
  public int bits(int bits) {
    if (bits < 1 || bits > 32) {
      throw new IllegalArgumentException("bits must be 1 to 32, found " + bits);
    }
    return next() >>> (32 - bits);
  }

  /** {@code random()}: 53 random bits in [0, 1). */
  public double uniform() {
    int high = next() >>> 5;
    int low = next() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** {@code randrange(bound)}, by rejection. */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, found " + bound);
    }
    int bits = 32 - Integer.numberOfLeadingZeros(bound);
    int drawn = bits(bits);
    while (Integer.compareUnsigned(drawn, bound) >= 0) {
      drawn = bits(bits);
    }
    return drawn;
  }

  /**
   * {@code sample(range(size), count)}: distinct indices in the order drawn.
   *
   * @throws IllegalArgumentException if count is negative or above size
   */
  public int[] sample(int size, int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("cannot draw %d of %d".formatted(count, size));
    }
    return size <= poolLimit(count) ? fromPool(size, count) : byRejection(size, count);
  }

  /** {@code sample(population, count)}. */
  public <T> List<T> sample(List<T> population, int count) {
    return Arrays.stream(sample(population.size(), count)).mapToObj(population::get).toList();
  }

  /** Size of a population up to which CPython copies it rather than keep a set of indices. */
  private static long poolLimit(int count) {
    long limit = 21;
    if (count > 5) {
      long power = 1;
      while (power < 3L * count) {
        power *= 4;
      }
      limit += power;
    }
    return limit;
  }

  private int[] fromPool(int size, int count) {
    int[] pool = new int[size];
    Arrays.setAll(pool, i -> i);
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(size - i);
      drawn[i] = pool[j];
      pool[j] = pool[size - i - 1];
    }
    return drawn;
  }

  private int[] byRejection(int size, int count) {
    Set<Integer> taken = new HashSet<>();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(size);
      while (!taken.add(j)) {
        j = below(size);
      }
      drawn[i] = j;
    }
    return drawn;
  }

  /** {@code choices(range(size), k=count)}: indices with replacement. */
  public int[] choices(int size, int count) {
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (int) Math.floor(uniform() * size);
    }
    return drawn;
  }

  /** {@code choices(population, k=count)}. */
  public <T> List<T> choices(List<T> population, int count) {
    return Arrays.stream(choices(population.size(), count)).mapToObj(population::get).toList();
  }

  /** A copy in the order that {@code shuffle} leaves. */
  public <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = items.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, below(i + 1));
    }
    return shuffled;
  }

  private int next() {
    if (index == SIZE) {
      twist();
      index = 0;
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & ~UPPER);
      state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
    }
  }
}
