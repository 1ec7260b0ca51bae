package io.promptmill.spark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

  @Test
  void areSharesOfTheCandidatesTogether() {
    double[] shares = Probabilities.of(new double[] {Math.log(0.3), Math.log(0.1)});

    assertThat(shares).containsExactly(new double[] {0.75, 0.25}, within(1e-12));
  }

  @Test
  void stayFiniteWhereEveryCandidateIsUnlikely() {
    double[] shares = Probabilities.of(new double[] {-2000, -2001, -3000});

    assertThat(shares[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
    assertThat(shares[0] + shares[1] + shares[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void ofAnAnswerThatBeginsAnotherLeaveOutWhatTheLongerOneHas() {
    // "credit" 0.5, of which "credit card" is 0.4, of which "credit card fee" is 0.1; "loan" 0.2
    List<double[]> tokens =
        List.of(
            new double[] {Math.log(0.5)},
            new double[] {Math.log(0.5), Math.log(0.8)},
            new double[] {Math.log(0.5), Math.log(0.8), Math.log(0.25)},
            new double[] {Math.log(0.2)});

    double[] shares =
        Probabilities.ofNested(
            List.of("credit", "credit card", "credit card fee", "loan"),
            new double[] {Math.log(0.5), Math.log(0.4), Math.log(0.1), Math.log(0.2)},
            tokens);

    assertThat(shares)
        .containsExactly(new double[] {0.1 / 0.7, 0.3 / 0.7, 0.1 / 0.7, 0.2 / 0.7}, within(1e-9));
  }

  @Test
  void ofTextsThatBeginAnotherInOtherTokensAreNotChanged() {
    double[] loglikelihoods = {Math.log(0.3), Math.log(0.6)};

    double[] shares =
        Probabilities.ofNested(
            List.of("neg", "negative"),
            loglikelihoods,
            List.of(new double[] {Math.log(0.3)}, new double[] {Math.log(0.75), Math.log(0.8)}));

    assertThat(shares).containsExactly(Probabilities.of(loglikelihoods), within(1e-12));
  }

  @Test
  void ofOtherTextsAreNotChangedThoughTheirFirstTokensHappenToBeAsProbable() {
    double[] loglikelihoods = {Math.log(0.5), Math.log(0.25)};

    double[] shares =
        Probabilities.ofNested(
            List.of("credit", "loan fee"),
            loglikelihoods,
            List.of(new double[] {Math.log(0.5)}, new double[] {Math.log(0.5), Math.log(0.5)}));

    assertThat(shares).containsExactly(Probabilities.of(loglikelihoods), within(1e-12));
  }
}
