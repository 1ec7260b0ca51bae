package io.promptmill.text.python;

import com.hubspot.jinjava.tree.ExpressionNode;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TextNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import com.hubspot.jinjava.tree.parse.TextToken;
import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.HashMap;
import java.util.List;
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

  /** Texts and expressions in order; absent where there are tags, which the engine renders. */
  private final Optional<List<JinjaExpression>> parts;

  private final boolean isExpression;
  private final String origin;

  private JinjaTemplate(Node root, String origin) {
    this.root = root;
    List<Node> nodes = root.getChildren();
    boolean plain =
        nodes.stream().allMatch(n -> n instanceof TextNode || n instanceof ExpressionNode);
    parts =
        plain ? Optional.of(nodes.stream().map(JinjaTemplate::part).toList()) : Optional.empty();
    isExpression = nodes.size() == 1 && nodes.get(0) instanceof ExpressionNode;
    this.origin = origin;
  }

  private static JinjaExpression part(Node node) {
    if (node instanceof ExpressionNode) {
      return JinjaExpression.parse(((ExpressionToken) node.getMaster()).getExpr());
    }
    String text = ((TextToken) node.getMaster()).output();
    return names -> text;
  }

  /**
   * @param origin file and key of the template, for messages
   * @throws PromptmillException with {@code TEMPLATE_FAILED} if the template is malformed
   */
  public static JinjaTemplate parse(String template, String origin) {
    // Jinja2 reads its source with normalized line ends.
    String source = template.replaceAll("\\r\\n?", "\n");
    return failingAs(origin, () -> new JinjaTemplate(JinjaTaskInterpreter.treeOf(source), origin));
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
    if (parts.isEmpty()) {
      return failingAs(origin, () -> JinjaTaskInterpreter.render(root, new HashMap<>(fields)));
    }
    return failingAs(
        origin,
        () -> {
          StringBuilder text = new StringBuilder();
          parts.get().forEach(part -> text.append(PythonText.str(valueOf(part, fields))));
          return text.toString();
        });
  }

  private static Object valueOf(JinjaExpression expression, Map<String, Object> fields) {
    return expression.evaluate(
        name ->
            fields.containsKey(name)
                ? PythonValues.of(fields.get(name))
                : new Undefined("'%s' is undefined".formatted(name)));
  }

  /** Whether the template is {@code {{ expression }}} and nothing else. */
  public boolean isExpression() {
    return isExpression;
  }

  /**
   * The value over a document: of one whole expression the value itself, as String, Long, Double,
   * Boolean, List, Map or null; of any other template its text.
   *
   * @throws PromptmillException as {@link #render}
   */
  public Object evaluate(Map<String, Object> fields) {
    if (!isExpression) {
      return render(fields);
    }
    return failingAs(origin, () -> Undefined.require(valueOf(parts.orElseThrow().get(0), fields)));
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
