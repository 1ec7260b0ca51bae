package io.promptmill.spark.eval.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a run over invented documents in the files of {@code eval.result}: a group of three
 * multiple-choice subjects and a task that generates numbers, with a failed item, cut prompts, an
 * empty answer and answers without a number.
 *
 * @param model its name
 * @param seed of its answers; documents are the same for all
 * @param skill how much the right choice's log-likelihood is raised, in nats
 * @param itemsPerTask documents of each task
 */
record ExampleRun(String model, long seed, double skill, int itemsPerTask) {
  static final String DATE = "2026-11-24T21-30-00.000001";
  static final List<String> SUBJECTS = List.of("botany", "harbours", "名山");

  private static final ObjectMapper JSON = new JsonMapper();
  private static final String LETTERS = "ABCD";
  private static final List<String> NAMES =
      List.of("Alda", "Brin", "Corve", "Dellen", "青岩", "Fonn", "Garra", "云台");

  static final ExampleRun SMALL = new ExampleRun("invented/mill-small", 1, 0.7, 40);
  static final ExampleRun LARGE = new ExampleRun("invented/mill-large", 2, 1.6, 40);

  /** Gives the folder of the run. */
  Path write(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(model.replace("/", "__")));
    ObjectNode results = JSON.createObjectNode();
    ObjectNode scores = results.putObject("results");
    ObjectNode own = results.putObject("promptmill");
    ObjectNode counts = own.putObject("tasks");
    int rightOfAll = 0;
    for (int subject = 0; subject < SUBJECTS.size(); subject++) {
      String task = "lore_" + SUBJECTS.get(subject);
      List<String> lines = new ArrayList<>();
      int right = 0;
      for (int i = 0; i < itemsPerTask; i++) {
        ObjectNode sample = choiceSample(subject, i);
        right += sample.path("acc").asInt();
        lines.add(JSON.writeValueAsString(sample));
      }
      write(folder, task, lines);
      rightOfAll += right;
      score(scores, task, SUBJECTS.get(subject), right, itemsPerTask, "acc", "none");
      counts(counts, task, subject == 0 ? 1 : 0, subject == 1 ? 3 : 0, 0, 0);
    }
    int total = SUBJECTS.size() * itemsPerTask;
    score(scores, "lore", "lore", rightOfAll, total, "acc", "none");
    results.putObject("groups").set("lore", scores.get("lore"));
    ArrayNode members = results.putObject("group_subtasks").putArray("lore");
    SUBJECTS.forEach(subject -> members.add("lore_" + subject));
    sums(folder, scores, counts);
    ObjectNode versions = results.putObject("versions");
    ObjectNode shots = results.putObject("n-shot");
    counts.fieldNames().forEachRemaining(task -> versions.put(task, "1.0"));
    counts.fieldNames().forEachRemaining(task -> shots.put(task, 2));
    results.put("model_name", model);
    results.put("date", 1795555800.25);
    own.put("version", "0.1.0").put("model_revision", "5f0c7a9e" + seed).put("dtype", "bfloat16");
    own.put("seconds", 83.4 * seed);
    own.putObject("tokens")
        .put("asked", 412_345L)
        .put("prompt", 98_765L)
        .put("cached", 80_123L)
        .put("computed", 23_456L)
        .put("completion", 1_234L)
        .put("saved_fraction", 0.9431);
    Files.writeString(folder.resolve("results_" + DATE + ".json"), results.toPrettyString());
    return folder;
  }

  private static void write(Path folder, String task, List<String> lines) throws IOException {
    Files.write(folder.resolve("samples_" + task + "_" + DATE + ".jsonl"), lines);
  }

  private static void score(
      ObjectNode scores,
      String task,
      String alias,
      int right,
      int n,
      String metric,
      String filter) {
    double mean = (double) right / n;
    ObjectNode node = scores.has(task) ? (ObjectNode) scores.get(task) : scores.putObject(task);
    node.put("name", task).put("alias", alias).put("sample_len", n);
    node.put(metric + "," + filter, mean);
    node.put(metric + "_stderr," + filter, Math.sqrt(mean * (1 - mean) / (n - 1)));
  }

  private void counts(ObjectNode counts, String task, int failed, int cut, int empty, int invalid) {
    counts
        .putObject(task)
        .put("items", itemsPerTask)
        .put("failed", failed)
        .put("truncated_prompts", cut)
        .put("empty_answers", empty)
        .put("invalid_extractions", invalid);
  }

  private static String hash(String task, int i) {
    return "%08x".formatted((task + i).hashCode()) + "%056x".formatted(i);
  }

  private ObjectNode choiceSample(int subject, int i) {
    SplittableRandom documents = new SplittableRandom(subject * 1000L + i);
    SplittableRandom answers = new SplittableRandom(seed * 1_000_003L + subject * 1000L + i);
    String name = NAMES.get(documents.nextInt(NAMES.size()));
    int target = documents.nextInt(4);
    ObjectNode sample = JSON.createObjectNode().put("doc_id", i);
    ObjectNode doc = sample.putObject("doc");
    String question =
        subject == 2
            ? "第 " + i + " 题：" + name + "山在哪一个省？"
            : "No. " + i + ": what grows near the " + name + "?";
    doc.put("question", question);
    ArrayNode choices = doc.putArray("choices");
    StringBuilder text = new StringBuilder(question);
    for (int c = 0; c < 4; c++) {
      String choice =
          subject == 2
              ? NAMES.get((i + c) % 8) + "省"
              : NAMES.get((i + c) % 8) + " </script> & \"reed\"";
      choices.add(choice);
      text.append('\n').append(LETTERS.charAt(c)).append(". ").append(choice);
    }
    doc.put("answer", target);
    sample.put("target", Integer.toString(target));
    String prompt =
        "The following are questions about "
            + SUBJECTS.get(subject)
            + ".\n\nWhat is wet?\nA. sand\nB. rain\nC. salt\nD. dust\nAnswer: B\n\n"
            + text
            + "\nAnswer:";
    double[] sums = new double[4];
    int best = 0;
    for (int c = 0; c < 4; c++) {
      sums[c] = -2 - 3 * answers.nextDouble() + (c == target ? skill : 0);
      best = sums[c] > sums[best] ? c : best;
    }
    boolean failed = subject == 0 && i == 7;
    ObjectNode arguments = sample.putObject("arguments");
    ArrayNode resps = sample.putArray("resps");
    ArrayNode filtered = sample.putArray("filtered_resps");
    for (int c = 0; c < 4; c++) {
      arguments
          .putObject("gen_args_" + c)
          .put("arg_0", prompt)
          .put("arg_1", " " + LETTERS.charAt(c));
      if (!failed) {
        String greedy = c == best && sums[c] > -2 ? "True" : "False";
        resps.addArray().addArray().add(Double.toString(sums[c])).add(greedy);
        filtered.addArray().add(Double.toString(sums[c])).add(greedy);
      }
    }
    sample.put("filter", "none").putArray("metrics").add("acc");
    sample.put("doc_hash", hash(SUBJECTS.get(subject), i));
    sample.put("acc", !failed && best == target ? 1.0 : 0.0);
    ObjectNode own = sample.putObject("promptmill");
    int tokens = 52 + text.length() / 3;
    own.put("prompt_tokens", tokens).put("cached_tokens", i == 0 ? 0 : 48);
    own.put("asked_tokens", 4 * (tokens + 1))
        .put("truncated_tokens", subject == 1 && i < 3 ? 9 : 0);
    own.put("completion_tokens", 0);
    if (failed) {
      own.putObject("error")
          .put("category", "PROMPT_TOO_LONG")
          .put("message", "it has 9999 tokens");
    }
    return sample;
  }

  /** A task with two filters: the number after {@code ####}, or the last number. */
  private void sums(Path folder, ObjectNode scores, ObjectNode counts) throws IOException {
    List<String> lines = new ArrayList<>();
    int[] right = new int[2];
    int empty = 0;
    int invalid = 0;
    for (int i = 0; i < itemsPerTask; i++) {
      SplittableRandom random = new SplittableRandom(seed * 77_003L + i);
      int a = 11 + i;
      int target = 3 * a;
      int said = random.nextDouble() < 0.25 + skill / 4 ? target : target + 1;
      boolean silent = i == 4;
      boolean marked = random.nextDouble() < 0.8;
      String answer =
          silent
              ? ""
              : " One boat has " + a + " oars, so three have " + (marked ? "#### " : "") + said;
      String[] found = {
        !silent && marked ? "" + said : "[invalid]", silent ? "[invalid]" : "" + said
      };
      empty += silent ? 1 : 0;
      invalid += silent || !marked ? 1 : 0;
      for (int f = 0; f < 2; f++) {
        boolean hit = found[f].equals("" + target);
        right[f] += hit ? 1 : 0;
        ObjectNode sample = JSON.createObjectNode().put("doc_id", i);
        sample
            .putObject("doc")
            .put("question", "Three boats have " + a + " oars each. How many oars?");
        sample.put("target", "" + target);
        sample
            .putObject("arguments")
            .putObject("gen_args_0")
            .put("arg_0", "Question: Three boats have " + a + " oars each. How many oars?\nAnswer:")
            .putObject("arg_1")
            .putArray("until")
            .add("Question:");
        sample.putArray("resps").addArray().add(answer);
        sample.putArray("filtered_resps").add(found[f]);
        sample.put("filter", f == 0 ? "strict-match" : "flexible-extract");
        sample.putArray("metrics").add("exact_match");
        sample.put("doc_hash", hash("sums", i)).put("exact_match", hit ? 1.0 : 0.0);
        sample
            .putObject("promptmill")
            .put("prompt_tokens", 19)
            .put("cached_tokens", 4)
            .put("asked_tokens", 19)
            .put("truncated_tokens", 0)
            .put("completion_tokens", silent ? 0 : answer.length() / 4 + random.nextInt(4));
        lines.add(JSON.writeValueAsString(sample));
      }
    }
    write(folder, "sums", lines);
    score(scores, "sums", "sums", right[0], itemsPerTask, "exact_match", "strict-match");
    score(scores, "sums", "sums", right[1], itemsPerTask, "exact_match", "flexible-extract");
    counts(counts, "sums", 0, 0, empty, invalid);
  }
}
