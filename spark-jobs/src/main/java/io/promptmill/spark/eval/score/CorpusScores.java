package io.promptmill.spark.eval.score;

import java.util.Map;

/** The scores of texts that are not an evaluation task's. */
public final class CorpusScores {
  private CorpusScores() {}

  /**
   * @param tokenizer by sacreBLEU's name: 13a, zh, char, none
   */
  public static CorpusScore bleu(String tokenizer) {
    return new Bleu(new Arguments("metric 'bleu'", Map.of("tokenize", tokenizer)));
  }

  public static CorpusScore chrF() {
    return new ChrF(new Arguments("metric 'chrf'", Map.of()), 0);
  }

  public static CorpusScore chrFPlusPlus() {
    return new ChrF(new Arguments("metric 'chrf++'", Map.of()), 2);
  }
}
