package io.promptmill.spark.function;

import io.promptmill.spark.executor.UdfOpener;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.NamedParametersSupport;
import org.apache.spark.sql.internal.SQLConf;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** All SQL functions. */
public final class AiFunctions {
  static final List<AiFunction> ALL =
      List.of(
          new AiQuery(),
          new AiGen(),
          new AiClassify(),
          new AiExtract(),
          new AiSummarize(),
          new AiTranslate(),
          new AiFixGrammar(),
          new AiMask(),
          new AiAnalyzeSentiment(),
          new AiSimilarity(),
          new AiScore(),
          new AiCountTokens(),
          new AiEmbed());

  private AiFunctions() {}

  /**
   * Makes the functions known to sessions.
   *
   * @param opener how executors open models
   */
  public static void inject(SparkSessionExtensions extensions, UdfOpener opener) {
    for (AiFunction function : ALL) {
      Signature signature = function.signature();
      extensions.injectFunction(
          new Tuple3<>(
              new FunctionIdentifier(signature.name()),
              signature.info(function.getClass()),
              given -> call(function, given, opener)));
    }
  }

  private static Expression call(AiFunction function, Seq<Expression> given, UdfOpener opener) {
    Signature signature = function.signature();
    Seq<Expression> arguments =
        NamedParametersSupport.defaultRearrange(
            signature.forAnalyzer(),
            signature.withoutAliases(given),
            signature.name(),
            SQLConf.get().resolver());
    return new AiCall(function, arguments, AiSettings.ofSession(opener));
  }
}
