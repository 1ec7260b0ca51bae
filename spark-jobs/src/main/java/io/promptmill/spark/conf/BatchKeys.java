package io.promptmill.spark.conf;

import static io.promptmill.spark.conf.ValueTypes.bool;
import static io.promptmill.spark.conf.ValueTypes.bytes;
import static io.promptmill.spark.conf.ValueTypes.choice;
import static io.promptmill.spark.conf.ValueTypes.integer;
import static io.promptmill.spark.conf.ValueTypes.longInteger;
import static io.promptmill.spark.conf.ValueTypes.text;

import java.util.List;

/** Options of {@code run-batch}. */
public final class BatchKeys {
  private static final String SECTION = "Batch";

  public static final ConfKey<String> SERVED_MODEL_NAME =
      new ConfKey<>(
          "servedModelName",
          SECTION,
          text("NAME"),
          null,
          "the one name that requests may call the model by; without it any, and each is answered"
              + " with the name it used");
  public static final ConfKey<Integer> DEFAULT_MAX_TOKENS =
      new ConfKey<>(
          "defaultMaxTokens",
          SECTION,
          integer(1),
          null,
          "tokens of a completion at most where its request does not say; without it, as with"
              + " OpenAI, 16 for completions and the rest of the context for chat");
  public static final ConfKey<String> POOLING =
      new ConfKey<>(
          "pooling",
          SECTION,
          choice(List.of("last", "mean")),
          "last",
          "embeddings are the last token's hidden state, as vLLM has it for such models, or the mean"
              + " over all tokens");
  public static final ConfKey<Integer> MAX_REQUESTS =
      new ConfKey<>(
          "maxRequests",
          SECTION,
          integer(0),
          "0",
          "requests of an input file at most, 50000 with OpenAI; 0 for any number");
  public static final ConfKey<Long> MAX_BYTES =
      new ConfKey<>(
          "maxBytes",
          SECTION,
          bytes(),
          "0",
          "size of an input file at most, 200m with OpenAI; 0 for any size");
  public static final ConfKey<Long> MAX_LINE_BYTES =
      new ConfKey<>(
          "maxLineBytes", SECTION, bytes(), "16m", "size of a line at most; a longer one fails");
  public static final ConfKey<Boolean> SINGLE_FILES =
      new ConfKey<>(
          "singleFiles",
          SECTION,
          bool(),
          "false",
          "write output.jsonl and errors.jsonl in place of folders with a file for each partition");
  public static final ConfKey<Long> CREATED =
      new ConfKey<>(
          "created",
          SECTION,
          longInteger(),
          null,
          "time of creation in all responses, s since 1970; without it the job's start");

  static final List<ConfKey<?>> OWN =
      List.of(
          SERVED_MODEL_NAME,
          DEFAULT_MAX_TOKENS,
          POOLING,
          MAX_REQUESTS,
          MAX_BYTES,
          MAX_LINE_BYTES,
          SINGLE_FILES,
          CREATED);

  private BatchKeys() {}
}
