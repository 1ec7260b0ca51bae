package io.promptmill.spark.function;

import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.spark.conf.Specs;
import io.promptmill.spark.conf.SqlKeys;
import io.promptmill.spark.executor.UdfOpener;
import io.promptmill.spark.plan.InferCall;
import io.promptmill.spark.plan.InferRequest;
import io.promptmill.spark.plan.RequestRule;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.InferSpec;
import io.promptmill.udf.InferSpecs;
import io.promptmill.udf.PromptSource;
import io.promptmill.udf.PromptSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a session says of models and of drawing, as it was when a function was analyzed.
 *
 * @param configuration the session's keys of Promptmill
 * @param options what the call itself says, by option name; before the session's
 * @param failOnError whether a row that fails fails the query
 */
record AiSettings(
    UdfOpener opener,
    Map<String, String> configuration,
    Map<String, List<String>> options,
    boolean failOnError) {

  /**
   * Reads the active session's configuration: inside a view too, whose definition keeps none of it.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a key is unknown or its
   *     value is not what it must be
   */
  static AiSettings ofSession(UdfOpener opener) {
    Map<String, String> own =
        CollectionConverters.asJava(session().getAllConfs()).entrySet().stream()
            .filter(entry -> ConfKey.isOwn(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    AiSettings settings = new AiSettings(opener, own, Map.of(), true);
    settings.conf(); // wrong keys fail where the function is called
    return settings;
  }

  private static SQLConf session() {
    Option<SparkSession> active = SparkSession.getActiveSession();
    return active.isDefined() ? active.get().sessionState().conf() : SQLConf.get();
  }

  AiSettings with(Map<String, List<String>> callOptions, boolean failing) {
    return new AiSettings(opener, configuration, callOptions, failing);
  }

  private PromptmillConf conf() {
    return PromptmillConf.resolve(SqlKeys.ALL, options, configuration);
  }

  /**
   * A request for an answer.
   *
   * @param template the instruction over the columns
   */
  InferRequest generate(
      String function,
      String template,
      Map<String, Expression> columns,
      OutputConstraint constraint) {
    PromptmillConf conf = conf();
    boolean free = constraint instanceof OutputConstraint.None;
    return request(
        function,
        new InferSpec.Generate(
            instruction(template),
            Specs.sampling(conf, 1, -1),
            free ? Specs.stop(conf) : List.of(), // they would cut what the constraint asks for
            constraint),
        columns);
  }

  InferRequest generate(String function, String template, Map<String, Expression> columns) {
    return generate(function, template, columns, OutputConstraint.NONE);
  }

  /**
   * A request for the log-likelihoods of candidates as answers.
   *
   * @param candidates name of the column that holds them as an array
   */
  InferRequest score(
      String function, String template, String candidates, Map<String, Expression> columns) {
    return request(
        function,
        new InferSpec.Score(
            instruction(template), new CandidateSource.ListColumn(candidates), false),
        columns);
  }

  /** The text as it is, without the chat template. */
  static PromptSpec text(String template) {
    return new PromptSpec(new PromptSource.Template(template), false, null);
  }

  /** A user's turn of the chat template where the checkpoint has one, else the text as it is. */
  static PromptSpec instruction(String template) {
    return new PromptSpec(new PromptSource.Instruction(template), false, null);
  }

  /**
   * @param columns values of the columns that the spec reads, by name
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if no model is set or the
   *     spec is out of range
   */
  InferRequest request(String function, InferSpec spec, Map<String, Expression> columns) {
    PromptmillConf conf = conf();
    String key = PromptmillKeys.MODEL.key();
    if (conf.find(PromptmillKeys.MODEL).isEmpty()) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "%s: expected a checkpoint's folder in %s, found none; SET %s = ..."
              .formatted(function, key, key));
    }
    InferSpecs.validate(spec);
    boolean once = conf.get(SqlKeys.DEDUPLICATE);
    return InferRequest.of(
        function,
        columns,
        new InferCall(
            Specs.model(conf),
            spec,
            opener,
            conf.get(PromptmillKeys.BATCH_ROWS),
            conf.get(PromptmillKeys.BATCHES_IN_FLIGHT),
            failOnError,
            false,
            once ? RequestRule.DISTINCT : RequestRule.NOT_NULL,
            conf.get(PromptmillKeys.ORDER_BY_PREFIX),
            null));
  }
}
