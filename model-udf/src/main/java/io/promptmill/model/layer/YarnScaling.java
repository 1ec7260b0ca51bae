package io.promptmill.model.layer;

/**
 * YaRN context extension (Peng et al. 2023; DeepSeek-V2's {@code DeepseekV2YarnRotaryEmbedding}).
 *
 * @param factor how much longer than trained
 * @param originalMaxPositions positions of the original training
 * @param betaFast rotations above which a frequency is left alone
 * @param betaSlow rotations below which a frequency is divided by the factor
 * @param mscale weight of the logarithmic magnitude in cosine and sine
 * @param mscaleAllDim its weight in the attention scale
 */
public record YarnScaling(
    double factor,
    int originalMaxPositions,
    double betaFast,
    double betaSlow,
    double mscale,
    double mscaleAllDim) {

  /** What cosine and sine are multiplied by. */
  public double cosSinScale() {
    return magnitude(mscale) / magnitude(mscaleAllDim);
  }

  /** What the attention's {@code 1 / sqrt(head dimension)} is multiplied by. */
  public double attentionScale() {
    return mscaleAllDim == 0 ? 1 : magnitude(mscaleAllDim) * magnitude(mscaleAllDim);
  }

  private double magnitude(double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  /**
   * Scales the frequencies.
   *
   * @param frequencies {@code [dimension / 2]} radians per position, replaced
   * @param base of the rotary embedding
   */
  void apply(double[] frequencies, double base) {
    int dimension = 2 * frequencies.length;
    double low = Math.max(Math.floor(dimensionAt(betaFast, dimension, base)), 0);
    double high = Math.min(Math.ceil(dimensionAt(betaSlow, dimension, base)), dimension - 1);
    double width = low == high ? 0.001 : high - low;
    for (int i = 0; i < frequencies.length; i++) {
      double interpolated = Math.min(Math.max((i - low) / width, 0), 1);
      frequencies[i] = frequencies[i] / factor * interpolated + frequencies[i] * (1 - interpolated);
    }
  }

  private double dimensionAt(double rotations, int dimension, double base) {
    return dimension
        * Math.log(originalMaxPositions / (rotations * 2 * Math.PI))
        / (2 * Math.log(base));
  }
}
