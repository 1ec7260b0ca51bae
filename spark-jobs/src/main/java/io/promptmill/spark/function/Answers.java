package io.promptmill.spark.function;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/** What rows do with a model's answer, on Spark's own values; called by generated code. */
public final class Answers {
  private Answers() {}

  /** The answer without white space around it: a turn of a chat template begins with a blank. */
  public static UTF8String strip(UTF8String answer) {
    return UTF8String.fromString(answer.toString().strip());
  }

  /** A language's English name, of its code; what is no code stays as it is. */
  public static UTF8String language(UTF8String codeOrName) {
    return UTF8String.fromString(Languages.name(codeOrName.toString()));
  }

  /** Cosine of the angle between two vectors of equal length; 0 where one is all zeros. */
  public static float cosine(ArrayData left, ArrayData right) {
    float[] a = left.toFloatArray();
    float[] b = right.toFloatArray();
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return lengthA == 0 || lengthB == 0
        ? 0
        : (float) (product / Math.sqrt(lengthA) / Math.sqrt(lengthB));
  }

  /**
   * Probability of each candidate among the candidates.
   *
   * @param candidates texts; of equal ones the first counts
   * @param loglikelihoods of the candidates, natural logarithms
   */
  public static MapData probabilities(ArrayData candidates, ArrayData loglikelihoods) {
    double[] values = loglikelihoods.toDoubleArray();
    double most = Arrays.stream(values).max().orElse(0);
    double[] shares = Arrays.stream(values).map(value -> Math.exp(value - most)).toArray();
    double sum = Arrays.stream(shares).sum();
    Object[] probabilities = Arrays.stream(shares).mapToObj(share -> share / sum).toArray();
    return new ArrayBasedMapData(candidates.copy(), new GenericArrayData(probabilities));
  }
}
