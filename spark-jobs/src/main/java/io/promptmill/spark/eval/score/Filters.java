package io.promptmill.spark.eval.score;

import static java.util.Map.entry;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.eval.task.FilterPipeline;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The filters that a task's {@code filter_list} can name. */
final class Filters {

  static final Map<String, Function<Arguments, Filter>> BY_NAME =
      Map.ofEntries(
          entry("lowercase", TextFilters::lowercase),
          entry("majority_vote", SelectionFilters::majorityVote),
          entry("map", TextFilters::map),
          entry("multi_choice_regex", MultiChoiceRegexFilter::new),
          entry("regex", ExtractionFilters::regex),
          entry("regex_pos", ExtractionFilters::partsOfSpeech),
          entry("remove_whitespace", TextFilters::removeWhitespace),
          entry("take_first", SelectionFilters::takeFirst),
          entry("take_first_k", SelectionFilters::takeFirstK),
          entry("uppercase", TextFilters::uppercase));

  private Filters() {}

  /**
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for an unknown name or
   *     argument, or a bad value
   */
  static Filter of(FilterPipeline.Step step) {
    Function<Arguments, Filter> constructor = BY_NAME.get(step.function());
    if (constructor == null) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "unknown filter '%s'%s; known are %s"
              .formatted(
                  step.function(),
                  NearestName.hint(step.function(), BY_NAME.keySet()),
                  String.join(", ", new TreeSet<>(BY_NAME.keySet()))));
    }
    Arguments arguments = new Arguments("filter '" + step.function() + "'", step.arguments());
    Filter filter = constructor.apply(arguments);
    arguments.refuseOthers();
    return filter;
  }
}
