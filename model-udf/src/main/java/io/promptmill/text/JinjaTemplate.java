package io.promptmill.text;

import com.hubspot.jinjava.tree.ExpressionNode;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A template of an evaluation task: Jinja2 as lm-evaluation-harness sets it up ({@code
 * lm_eval.utils.apply_template}). Thread-safe.
 *
 * <p>A name or field that is not there is an error, except to {@code is defined} and {@code
 * default}; the last line feed stays; blocks keep the white space around them; values print as
 * Python's {@code str} prints them; strings are counted and cut by code points. Beside expressions
 * there are {@code if}, {@code for}, {@code set} and {@code raw}. Anything else of Jinja2 (macros,
 * {@code else} of a loop, slices with a step, other filters, tests and methods) is an error that
 * names it.
 */
public final class JinjaTemplate {

  private final Node root;
  private final Optional<JinjaExpression> whole;
  private final String origin;

  private JinjaTemplate(Node root, Optional<JinjaExpression> whole, String origin) {
    this.root = root;
    this.whole = whole;
    this.origin = origin;
  }

  /**
   * @param origin file and key of the template, for messages
   * @throws PromptmillException with {@code TEMPLATE_FAILED} if the template is malformed
   */
  public static JinjaTemplate parse(String template, String origin) {
    // Jinja2 reads its source with normalized line ends.
    String source = template.replaceAll("\\r\\n?", "\n");
    return failingAs(
        origin,
        () -> {
          Node root = JinjaTaskInterpreter.treeOf(source);
          return new JinjaTemplate(root, wholeExpression(root).map(JinjaExpression::parse), origin);
        });
  }

  private static Optional<String> wholeExpression(Node root) {
    return root.getChildren().size() == 1
            && root.getChildren().getFirst() instanceof ExpressionNode node
        ? Optional.of(((ExpressionToken) node.getMaster()).getExpr())
        : Optional.empty();
  }

  /**
   * The text over a document.
   *
   * @param fields values by name: String, Integer, Long, Double, Boolean, List, Map with such
   *     values, or null, which is Python's None
   * @throws PromptmillException with {@code TEMPLATE_FAILED} naming the origin and the name that is
   *     undefined, or what else Python would not do
   */
  public String render(Map<String, Object> fields) {
    return failingAs(origin, () -> JinjaTaskInterpreter.render(root, new HashMap<>(fields)));
  }

  /** Whether the template is {@code {{ expression }}} and nothing else. */
  public boolean isExpression() {
    return whole.isPresent();
  }

  /**
   * The value over a document: of one whole expression the value itself, as String, Long, Double,
   * Boolean, List, Map or null; of any other template its text.
   *
   * @throws PromptmillException as {@link #render}
   */
  public Object evaluate(Map<String, Object> fields) {
    if (whole.isEmpty()) {
      return render(fields);
    }
    return failingAs(
        origin,
        () ->
            Undefined.require(
                whole
                    .get()
                    .evaluate(
                        name ->
                            fields.containsKey(name)
                                ? PythonValues.of(fields.get(name))
                                : new Undefined("'%s' is undefined".formatted(name)))));
  }

  /**
   * A value as templates print it: Python's {@code str}.
   *
   * @param value as in {@link #render}
   */
  public static String textOf(Object value) {
    return PythonText.str(PythonValues.of(value));
  }

  /** Python's {@code str.isspace} of a character. */
  public static boolean isSpace(int codePoint) {
    return PythonStrings.isSpace(codePoint);
  }

  private static <T> T failingAs(String origin, Supplier<T> step) {
    try {
      return step.get();
    } catch (JinjaError e) {
      throw new PromptmillException(
          ErrorCode.TEMPLATE_FAILED, "template %s: %s".formatted(origin, e.getMessage()), e);
    }
  }
}
