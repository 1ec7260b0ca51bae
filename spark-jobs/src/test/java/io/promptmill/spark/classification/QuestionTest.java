package io.promptmill.spark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.conf.PromptmillKeys;
import io.promptmill.udf.CandidateSource;
import io.promptmill.udf.PromptSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model is asked. */
class QuestionTest {
  private static final Labels PLAIN = new Labels(List.of(Label.named("good"), Label.named("{x}")));
  private static final Labels DESCRIBED =
      new Labels(List.of(new Label("good", "praise", "good"), new Label("bad", "", "B")));

  private static PromptmillConf conf(Map<String, String> options) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("--text-column", List.of("review"));
    options.forEach((option, text) -> all.put(option, List.of(text)));
    return PromptmillConf.resolve(PromptmillKeys.CLASSIFY, all, Map.of());
  }

  private static String template(Question question) {
    return ((PromptSource.Instruction) question.spec().prompt().source()).template();
  }

  @Test
  void isThatOfAiClassifyForLabelsWithoutDescriptions() {
    Question question = Question.whichLabel(conf(Map.of()), PLAIN, false);

    assertThat(template(question))
        .isEqualTo(
            "Classify the text into one of these labels: good, {{x}}.\nText: {review}\nLabel:");
    assertThat(question.spec().candidates())
        .isEqualTo(new CandidateSource.Fixed(List.of("good", "{x}")));
    assertThat(question.columns()).containsExactly("review");
  }

  @Test
  void listsDescriptionsAndAnswers() {
    Question question = Question.whichLabel(conf(Map.of()), DESCRIBED, false);

    assertThat(template(question))
        .contains("Labels:\n- good: praise\n- B\n", "Text:\n{review}\n")
        .endsWith("Label:");
    assertThat(question.spec().candidates())
        .isEqualTo(new CandidateSource.Fixed(List.of("good", "B")));
  }

  @Test
  void ofOneLabelHasTheTextFirst() {
    Question question = Question.hasLabel(conf(Map.of()));

    assertThat(template(question)).containsSubsequence("{review}", "Label: {_promptmill_label}");
    assertThat(question.spec().candidates())
        .isEqualTo(new CandidateSource.Fixed(List.of("Yes", "No")));
    assertThat(question.columns()).containsExactly("review");
  }

  @Test
  void canBeTheUsersOwn() {
    Map<String, String> own = Map.of("--prompt-template", "{{a}} {title}: {review} ({labels})");

    Question question = Question.whichLabel(conf(own), PLAIN, false);

    assertThat(template(question)).isEqualTo("{{a}} {title}: {review} (good, {{x}})");
    assertThat(question.columns()).containsExactly("title", "review");
    assertThatThrownBy(
            () -> Question.whichLabel(conf(Map.of("--prompt-template", "{title}")), PLAIN, false))
        .hasMessageContaining(
            "--prompt-template: expected the text column as {review}, found none in '{title}'");
    assertThatThrownBy(() -> Question.hasLabel(conf(Map.of("--prompt-template", "{review}"))))
        .hasMessageContaining("expected {label}, which stands for the label that is asked about");
    assertThatThrownBy(
            () ->
                Question.hasLabel(
                    conf(Map.of("--text-column", "label", "--prompt-template", "{label}"))))
        .hasMessageContaining("{label} stands for what is asked about");
  }

  @ParameterizedTest
  @CsvSource({
    "scores, Scores: {scores} {label}",
    "review, {review} {SCORES} {label}",
    "_promptmill_label, {_promptmill_label} {label}",
    "review, {review} {_promptmill_label}",
  })
  void refusesColumnsOfTheNamesThatItNeedsItself(String text, String template) {
    Map<String, String> own = Map.of("--text-column", text, "--prompt-template", template);

    assertThatThrownBy(() -> Question.hasLabel(conf(own)))
        .isInstanceOf(PromptmillException.class)
        .hasMessageMatching(
            "expected no column '(scores|SCORES|_promptmill_label)' in the prompt: the name is"
                + " taken; rename it in the input");
    assertThatThrownBy(() -> Question.whichLabel(conf(own), PLAIN, false))
        .hasMessageContaining("the name is taken");
  }

  @Test
  void asARawPromptHasABlankBeforeTheAnswerUnlessTheTemplateEndsInOne() {
    Question without =
        Question.whichLabel(
            conf(Map.of("--raw-prompt", "true", "--prompt-template", "{review}:")), PLAIN, false);
    Question with =
        Question.whichLabel(
            conf(Map.of("--raw-prompt", "true", "--prompt-template", "{review}:\\n")),
            PLAIN,
            false);

    assertThat(without.spec().candidates())
        .isEqualTo(new CandidateSource.Fixed(List.of(" good", " {x}")));
    assertThat(with.spec().candidates())
        .isEqualTo(new CandidateSource.Fixed(List.of("good", "{x}")));
    assertThat(without.spec().prompt().source()).isEqualTo(new PromptSource.Template("{review}:"));
  }

  @Test
  void hasASystemTurnInTheChatTemplateAlone() {
    Question question =
        Question.whichLabel(conf(Map.of("--system-prompt", "Be strict.")), PLAIN, false);

    assertThat(question.spec().prompt().system()).contains("Be strict.");
    assertThat(question.spec().prompt().chat()).isTrue();
    assertThatThrownBy(
            () ->
                Question.whichLabel(
                    conf(Map.of("--system-prompt", "x", "--raw-prompt", "true")), PLAIN, false))
        .hasMessageContaining("--system-prompt: expected no --raw-prompt with it, found both");
  }
}
