package io.promptmill.udf;

import io.promptmill.engine.SamplingParams;
import io.promptmill.engine.constraint.Constraints;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.text.PromptTemplate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the driver asks of a spec before any work. */
public final class InferSpecs {

  private InferSpecs() {}

  /**
   * Input columns that the spec reads, each once, in order of first use; none for a template
   * without columns over fixed candidates.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the template is malformed
   */
  public static List<String> requiredColumns(InferSpec spec) {
    Set<String> columns = new LinkedHashSet<>(promptColumns(spec.prompt()));
    if (spec instanceof InferSpec.Score score) {
      if (score.candidates() instanceof CandidateSource.Columns texts) {
        columns.addAll(texts.columns());
      } else if (score.candidates() instanceof CandidateSource.ListColumn list) {
        columns.add(list.column());
      }
    } else if (spec instanceof InferSpec.Generate generate) {
      generate.parameters().ifPresent(columns::add);
    }
    return List.copyOf(columns);
  }

  /**
   * Input columns that the prompt is made of, each once, in the order in which they stand in it.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if the template is malformed
   */
  public static List<String> promptColumns(PromptSpec prompt) {
    if (prompt.source() instanceof PromptSource.Column column) {
      return List.of(column.column());
    }
    if (prompt.source() instanceof PromptSource.Messages messages) {
      return List.of(messages.column());
    }
    if (prompt.source() instanceof PromptSource.Json json) {
      return List.of(json.column());
    }
    String template =
        prompt.source() instanceof PromptSource.Instruction instruction
            ? instruction.template()
            : ((PromptSource.Template) prompt.source()).template();
    return PromptTemplate.parse(template).columns();
  }

  /**
   * Checks everything that needs neither the model nor the input.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} that names the option, what
   *     was expected and what was found
   */
  public static void validate(InferSpec spec) {
    for (String column : requiredColumns(spec)) {
      require(!column.isEmpty(), "column", "a name", "''");
    }
    PromptSpec prompt = spec.prompt();
    require(
        usesChat(prompt) || prompt.systemPrompt() == null,
        "system prompt",
        "the chat template or a messages column to carry it",
        "a raw prompt");
    if (spec instanceof InferSpec.Generate generate) {
      validate(new RowParameters(generate.sampling(), generate.stop(), generate.constraint()));
      Constraints.check(generate.constraint());
    } else if (spec instanceof InferSpec.Score score) {
      if (score.candidates() instanceof CandidateSource.Fixed fixed) {
        requireTexts(fixed.candidates(), "candidates", false);
      } else if (score.candidates() instanceof CandidateSource.Columns columns) {
        require(!columns.columns().isEmpty(), "candidate columns", "at least one", "none");
      }
    }
  }

  /** Whether prompts go through the checkpoint's chat template. */
  static boolean usesChat(PromptSpec prompt) {
    return prompt.chat() || prompt.source() instanceof PromptSource.Messages;
  }

  /**
   * Checks everything but the constraint's own text.
   *
   * @throws PromptmillException as {@link #validate(InferSpec)}
   */
  static void validate(RowParameters parameters) {
    validate(parameters.sampling());
    requireTexts(parameters.stop(), "stop", true);
    require(
        parameters.stop().isEmpty() || parameters.constraint() instanceof OutputConstraint.None,
        "stop",
        "no texts with constrained output, which they would cut",
        parameters.stop());
  }

  private static void validate(SamplingParams sampling) {
    int maxTokens = sampling.maxTokens();
    require(maxTokens >= 1, "max tokens", "at least 1", maxTokens);
    require(
        sampling.minTokens() >= 0 && sampling.minTokens() <= maxTokens,
        "min tokens",
        "0 to max tokens (" + maxTokens + ")",
        sampling.minTokens());
    requireFinite(sampling.temperature(), "temperature");
    require(sampling.temperature() >= 0, "temperature", "at least 0", sampling.temperature());
    require(sampling.topK() >= 0, "top k", "at least 0", sampling.topK());
    double topP = sampling.topP();
    require(topP > 0 && topP <= 1, "top p", "above 0 and at most 1", topP);
    double minP = sampling.minP();
    require(minP >= 0 && minP <= 1, "min p", "0 to 1", minP);
    requireFinite(sampling.repetitionPenalty(), "repetition penalty");
    require(
        sampling.repetitionPenalty() > 0,
        "repetition penalty",
        "above 0",
        sampling.repetitionPenalty());
    requireFinite(sampling.presencePenalty(), "presence penalty");
    requireFinite(sampling.frequencyPenalty(), "frequency penalty");
    for (int id : sampling.stopTokenIds()) {
      require(id >= 0, "stop token ids", "at least 0", id);
    }
    require(sampling.n() >= 1, "n", "at least 1", sampling.n());
    require(sampling.logprobs() >= -1, "logprobs", "at least -1", sampling.logprobs());
  }

  private static void requireTexts(Collection<String> texts, String option, boolean mayBeNone) {
    require(mayBeNone || !texts.isEmpty(), option, "at least one", "none");
    for (String text : texts) {
      require(!text.isEmpty(), option, "no empty text", texts);
    }
  }

  private static void requireFinite(double value, String option) {
    require(Double.isFinite(value), option, "a finite number", value);
  }

  private static void require(boolean holds, String option, String expected, Object found) {
    if (!holds) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID, option + ": expected " + expected + ", found " + found);
    }
  }
}
