package io.promptmill.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random requests that share prefixes and use every feature. */
final class Workloads {
  static final int VOCAB = 24;
  static final int POISON = VOCAB - 1;
  static final int[] EOS = {0, 5};

  private Workloads() {}

  static List<Request> random(Random random, int count, int maxTokens) {
    List<int[]> headers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      headers.add(tokens(random, random.nextInt(maxTokens / 3 + 1)));
    }
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] header = headers.get(random.nextInt(headers.size()));
      int[] prompt = concat(header, tokens(random, 1 + random.nextInt(maxTokens / 4)));
      if (random.nextInt(8) == 0) {
        prompt[random.nextInt(prompt.length)] = POISON;
      }
      requests.add(request(random, prompt, maxTokens));
    }
    return requests;
  }

  private static Request request(Random random, int[] prompt, int maxTokens) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> generate(random, prompt, maxTokens);
      case 2, 3 -> score(random, prompt);
      default -> new Request.Embed(prompt, random.nextBoolean() ? Pooling.LAST : Pooling.MEAN);
    };
  }

  private static Request.Generate generate(Random random, int[] prompt, int maxTokens) {
    boolean penalties = random.nextInt(3) == 0;
    int length = 1 + random.nextInt(maxTokens / 3);
    SamplingParams params =
        new SamplingParams(
            length,
            random.nextInt(4) == 0 ? random.nextInt(length + 1) : 0,
            random.nextBoolean() ? 0.0 : 0.2 + random.nextDouble(),
            random.nextInt(3) == 0 ? 1 + random.nextInt(VOCAB) : 0,
            random.nextInt(3) == 0 ? 0.3 + random.nextDouble() * 0.7 : 1.0,
            random.nextInt(3) == 0 ? random.nextDouble() * 0.2 : 0.0,
            penalties ? 1.3 : 1.0,
            penalties ? 0.5 : 0.0,
            penalties ? 0.25 : 0.0,
            random.nextInt(3) == 0 ? List.of(random.nextInt(VOCAB)) : List.of(),
            random.nextInt(3) == 0,
            1 + random.nextInt(3) * random.nextInt(2),
            random.nextInt(4) - 1,
            random.nextLong());
    int stopToken = random.nextInt(VOCAB * 2);
    return new Request.Generate(
        prompt, params, random.nextLong(), () -> token -> token == stopToken);
  }

  private static Request.Score score(Random random, int[] context) {
    List<int[]> continuations = new ArrayList<>();
    int[] start = tokens(random, random.nextInt(5));
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int[] own = tokens(random, 1 + random.nextInt(3));
      continuations.add(random.nextBoolean() ? own : concat(start, own));
    }
    return new Request.Score(context, continuations, random.nextBoolean());
  }

  private static int[] tokens(Random random, int count) {
    return random.ints(count, 1, POISON).toArray();
  }

  private static int[] concat(int[] head, int[] tail) {
    int[] all = java.util.Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
