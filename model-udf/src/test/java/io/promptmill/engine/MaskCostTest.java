package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.engine.constraint.ByteVocabulary;
import io.promptmill.engine.constraint.Constraints;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.engine.constraint.TokenBytes;
import io.promptmill.engine.constraint.TokenConstraint;
import io.promptmill.text.TokenizerJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What masks cost with a vocabulary of the published size: DeepSeek-V2's own where the shared
 * folder has it, else a random one. The limits are wide, as the machine may be busy.
 */
class MaskCostTest {
  private static final int VOCAB = 102_400;
  private static final int ROWS = 12;
  // Processor time, as a busy machine would count the waiting too.
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final float[] NOISE = noise();
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":80},"
          + "\"age\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":120},"
          + "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":5},"
          + "\"mood\":{\"enum\":[\"good\",\"bad\",\"unknown\"]}},\"required\":[\"name\",\"mood\"]}";

  private record Cost(double micros, double most, int tokens) {}

  @Test
  void aMaskIsCheapWhereItIsKnownAndAffordableWhereItIsNot() throws IOException {
    TokenBytes vocabulary = vocabulary();
    Constraints warmUp = new Constraints(vocabulary);
    long start = THREAD.getCurrentThreadCpuTime();
    warmUp.of(new OutputConstraint.Regex("a"));
    double trieMillis = millisSince(start);
    TokenConstraint other =
        warmUp.of(new OutputConstraint.JsonSchema(SCHEMA.replace("120", "99"))).orElseThrow();
    cost(other, vocabulary);
    cost(other, vocabulary);

    start = THREAD.getCurrentThreadCpuTime();
    TokenConstraint constraint = warmUp.of(new OutputConstraint.JsonSchema(SCHEMA)).orElseThrow();
    double compileMillis = millisSince(start);
    Cost cold = cost(constraint, vocabulary);
    Cost warm = cost(constraint, vocabulary);
    System.out.printf(
        "constraint over %d tokens: trie %.0f ms, schema compiled in %.1f ms; mask of a token, mean"
            + " of %d: %.0f µs (longest %.0f) at first, %.1f µs when known%n",
        vocabulary.size(),
        trieMillis,
        compileMillis,
        cold.tokens,
        cold.micros,
        cold.most,
        warm.micros);
    assertThat(compileMillis).isLessThan(2_000);
    assertThat(cold.micros).isLessThan(20_000);
    assertThat(warm.micros).isLessThan(2_000);
  }

  /** Time to find the mask and to apply it, over a few greedy completions of random logits. */
  private static Cost cost(TokenConstraint constraint, TokenBytes vocabulary) throws IOException {
    Random random = new Random(5);
    float[] raw = new float[vocabulary.size()];
    float[] logits = new float[vocabulary.size()];
    Sampler sampler = new Sampler(vocabulary.size());
    long nanos = 0;
    long most = 0;
    int tokens = 0;
    for (int row = 0; row < ROWS; row++) {
      Sample sample =
          new Sample(
              SamplingParams.greedy(100),
              new int[] {1},
              new int[] {vocabulary.size() - 1},
              100,
              StopCondition.NEVER,
              new RowSeed(row, 1, 0),
              Optional.of(constraint));
      while (!sample.finished()) {
        System.arraycopy(NOISE, random.nextInt(NOISE.length - raw.length), raw, 0, raw.length);
        long start = THREAD.getCurrentThreadCpuTime();
        sample.allow(raw, logits);
        long took = THREAD.getCurrentThreadCpuTime() - start;
        nanos += took;
        most = Math.max(most, took);
        tokens++;
        sample.draw(FakeLm.row(raw), sampler);
      }
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      for (int token : sample.completion().tokenIds()) {
        json.writeBytes(vocabulary.bytes(token));
      }
      assertThat(new ObjectMapper().readTree(json.toByteArray()).get("mood").asText())
          .isIn("good", "bad", "unknown");
    }
    return new Cost(nanos / 1e3 / tokens, most / 1e3, tokens);
  }

  private static float[] noise() {
    Random random = new Random(1);
    float[] noise = new float[3 * VOCAB];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat();
    }
    return noise;
  }

  private static double millisSince(long start) {
    return (THREAD.getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static TokenBytes vocabulary() throws IOException {
    Path file =
        Path.of(
            System.getProperty("promptmill.shared", ""),
            "data/tokenizers/deepseek-v2/tokenizer.json");
    TokenBytes tokens;
    if (Files.exists(file)) {
      String json = Files.readString(file);
      tokens = ByteVocabulary.of(TokenizerJson.parse(json, Optional.empty(), file.toString()));
    } else {
      Random random = new Random(2);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 2_000_000; i++) {
        text.append(
            (char)
                (random.nextInt(12) == 0
                    ? ' '
                    : 'a' + (int) (26 * Math.pow(random.nextDouble(), 3))));
      }
      tokens = ByteVocabulary.pieces(text.toString(), VOCAB - 257, random);
    }
    return withSize(tokens);
  }

  /** As wide as the model's logits, which are wider than the tokenizer. */
  private static TokenBytes withSize(TokenBytes tokens) {
    return new TokenBytes() {
      @Override
      public int size() {
        return VOCAB;
      }

      @Override
      public byte[] bytes(int tokenId) {
        return tokenId < tokens.size() ? tokens.bytes(tokenId) : null;
      }
    };
  }
}
