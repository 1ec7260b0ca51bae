package io.promptmill.udf;

import org.apache.hadoop.conf.Configuration;

/** Opens {@link ArrowUdf}s. */
public final class ArrowUdfs {

  private ArrowUdfs() {}

  /**
   * A function over batches. Opens the model if this JVM has not yet, which may take minutes, and
   * shares it with all functions of an equal {@link ModelSpec}; counting tokens opens the tokenizer
   * alone.
   *
   * @param conf for the file system that holds the checkpoint
   * @return to be closed by the caller; the model stays open until {@link SharedEngines#closeAll}
   * @throws io.promptmill.error.PromptmillException {@code OPTION_INVALID} if the spec does not
   *     hold up or needs a chat template that the checkpoint lacks, {@code CHECKPOINT_INVALID} or
   *     {@code MODEL_UNSUPPORTED} if the model cannot be opened
   */
  public static ArrowUdf open(ModelSpec model, InferSpec spec, Configuration conf) {
    InferSpecs.validate(spec);
    if (spec instanceof InferSpec.CountTokens count) {
      return new CountTokensUdf(count, SharedTokenizers.open(model.uri(), conf), model.uri());
    }
    OpenModel open = SharedEngines.open(model, conf);
    if (spec instanceof InferSpec.Generate generate) {
      return new GenerateUdf(generate, open, model.uri());
    }
    if (spec instanceof InferSpec.Embed embed) {
      return new EmbedUdf(embed, open, model.uri());
    }
    return new ScoreUdf((InferSpec.Score) spec, open, model.uri());
  }
}
