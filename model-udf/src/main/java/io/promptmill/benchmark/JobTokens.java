package io.promptmill.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Token ids of the two jobs.
 *
 * @param documents contexts of multiple-choice questions behind a header that they share
 * @param candidates of every question
 * @param prompts to complete, behind a header that they share
 */
record JobTokens(List<int[]> documents, List<int[]> candidates, List<int[]> prompts) {
  private static final int CANDIDATES = 4;

  /** Random ids in the shape of the jobs. */
  static JobTokens random(BenchmarkSizes sizes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int vocabulary = sizes.config().integer("vocab_size");
    List<int[]> candidates = new ArrayList<>();
    for (int id : random.ints(0, vocabulary).distinct().limit(CANDIDATES).toArray()) {
      candidates.add(new int[] {id});
    }
    return new JobTokens(
        shared(random, sizes.mmlu(), vocabulary),
        candidates,
        shared(random, sizes.gsm8k(), vocabulary));
  }

  private static List<int[]> shared(
      SplittableRandom random, BenchmarkSizes.SharedPrompts shape, int vocabulary) {
    int[] header = random.ints(shape.header(), 0, vocabulary).toArray();
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < shape.count(); i++) {
      int[] prompt = Arrays.copyOf(header, shape.header() + shape.own());
      int[] own = random.ints(shape.own(), 0, vocabulary).toArray();
      System.arraycopy(own, 0, prompt, shape.header(), shape.own());
      prompts.add(prompt);
    }
    return prompts;
  }

  /**
   * Reads {@code {"mmlu": [{"ids": [..]}, ..], "info": {"letters": [[..], ..]}, "gsm8k": [[..],
   * ..]}}.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the file is something else
   */
  static JobTokens read(Path file) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw invalid(file, "JSON", e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid(file, "a readable file", e.toString());
    }
    List<int[]> documents = new ArrayList<>();
    root.path("mmlu")
        .forEach(document -> documents.add(ids(file, "mmlu[].ids", document.path("ids"))));
    return new JobTokens(
        nonEmpty(file, "mmlu", documents),
        lists(file, "info.letters", root.path("info").path("letters")),
        lists(file, "gsm8k", root.path("gsm8k")));
  }

  private static List<int[]> lists(Path file, String field, JsonNode node) {
    List<int[]> lists = new ArrayList<>();
    node.forEach(list -> lists.add(ids(file, field + "[]", list)));
    return nonEmpty(file, field, lists);
  }

  private static List<int[]> nonEmpty(Path file, String field, List<int[]> lists) {
    if (lists.isEmpty()) {
      throw invalid(file, "a list with entries in field " + field, "none");
    }
    return lists;
  }

  private static int[] ids(Path file, String field, JsonNode node) {
    int[] ids = new int[node.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = node.get(i);
      if (id == null || !id.isInt()) {
        throw invalid(file, "token ids in field " + field, String.valueOf(id));
      }
      ids[i] = id.intValue();
    }
    if (ids.length == 0) {
      throw invalid(file, "token ids in field " + field, "none");
    }
    return ids;
  }

  private static PromptmillException invalid(Path file, String expected, String found) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID,
        "--jobs: %s: expected %s, found %s".formatted(file, expected, found));
  }
}
