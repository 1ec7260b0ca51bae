package io.promptmill.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the most likely tokens. Among equal ones the lower id is the more likely. Does not sort the
 * vocabulary.
 */
final class NucleusFilter {

  private record Ranked(double weight, int token) {
    static final Comparator<Ranked> LIKELIEST_FIRST =
        Comparator.comparingDouble(Ranked::weight).reversed().thenComparingInt(Ranked::token);
  }

  private NucleusFilter() {}

  /**
   * Keeps exactly {@code k} logits, or all if there are fewer, and makes the others minus infinity.
   */
  static void keepTopK(float[] logits, int k) {
    PriorityQueue<Ranked> kept = new PriorityQueue<>(Ranked.LIKELIEST_FIRST.reversed());
    double least = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      if (logits[token] > least) {
        if (kept.size() == k) {
          kept.remove();
        }
        kept.add(new Ranked(logits[token], token));
        least = kept.size() == k ? kept.element().weight() : Double.NEGATIVE_INFINITY;
      }
    }
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    kept.forEach(ranked -> logits[ranked.token()] = (float) ranked.weight());
  }

  /**
   * Keeps the smallest set of most likely tokens that holds the share {@code topP} of all weight,
   * and makes the weights of the others zero. The largest weight must be 1.
   */
  static void keepTopP(double[] weights, double topP) {
    double needed = topP * massFrom(weights, 0.0);
    double floor = 1.0 / 8;
    while (massFrom(weights, floor) < needed) {
      floor /= 8;
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int token = 0; token < weights.length; token++) {
      if (weights[token] >= floor) {
        ranked.add(new Ranked(weights[token], token));
      }
    }
    ranked.sort(Ranked.LIKELIEST_FIRST);
    Arrays.fill(weights, 0.0);
    double mass = 0.0;
    for (Ranked next : ranked) {
      if (mass >= needed) {
        break;
      }
      weights[next.token()] = next.weight();
      mass += next.weight();
    }
  }

  private static double massFrom(double[] weights, double floor) {
    double mass = 0.0;
    for (double weight : weights) {
      mass += weight >= floor ? weight : 0.0;
    }
    return mass;
  }
}
