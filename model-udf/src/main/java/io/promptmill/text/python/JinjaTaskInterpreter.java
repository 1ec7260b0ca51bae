package io.promptmill.text.python;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.TreeParser;
import com.hubspot.jinjava.util.ForLoop;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Jinjava's templates and tags with expressions of {@link JinjaExpression}, so that values are
 * those of Python and nothing undefined passes. One rendering.
 */
final class JinjaTaskInterpreter extends JinjavaInterpreter {

  private static final Set<String> TAGS =
      Set.of("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw");

  private static final Jinjava ENGINE = engine();

  private final Map<String, Object> names;

  /** First of the rendering, null while there is none. */
  private JinjaError error;

  private JinjaTaskInterpreter(Map<String, Object> names) {
    super(
        ENGINE,
        new Context(ENGINE.getGlobalContextCopy(), names, ENGINE.getGlobalConfig().getDisabled()),
        ENGINE.getGlobalConfig());
    this.names = names;
  }

  private static Jinjava engine() {
    JinjavaConfig open = config(Map.of());
    Set<String> others =
        new Jinjava(open)
            .getGlobalContext().getAllTags().stream()
                .map(tag -> tag.getName())
                .filter(name -> !TAGS.contains(name))
                .collect(Collectors.toSet());
    Jinjava engine = new Jinjava(config(Map.of(Library.TAG, others)));
    engine.registerTag(new TruthTag());
    engine.registerTag(new IterationTag());
    return engine;
  }

  private static JinjavaConfig config(Map<Library, Set<String>> disabled) {
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(false)
        .withLstripBlocks(false)
        .withNestedInterpretationEnabled(false)
        .withLegacyOverrides(
            LegacyOverrides.Builder.from(LegacyOverrides.ALL)
                .withUsePyishObjectMapper(false)
                .withWhitespaceRequiredWithinTokens(false)
                .build())
        .withDisabled(disabled)
        .build();
  }

  /**
   * A template in the engine's form, to be rendered any number of times.
   *
   * @throws JinjaError if it is malformed
   */
  static Node treeOf(String source) {
    JinjaTaskInterpreter interpreter = new JinjaTaskInterpreter(Map.of());
    return interpreter.current(() -> new TreeParser(interpreter, source).buildTree());
  }

  /**
   * @throws JinjaError if an expression fails
   */
  static String render(Node root, Map<String, Object> names) {
    JinjaTaskInterpreter interpreter = new JinjaTaskInterpreter(names);
    return interpreter.current(() -> interpreter.render(root));
  }

  /** The engine asks its thread for the interpreter. */
  private <T> T current(Supplier<T> step) {
    try (AutoCloseableImpl<JinjavaInterpreter> scope = closeablePushCurrent(this).get()) {
      T result = step.get();
      ((JinjaTaskInterpreter) scope.value()).check();
      return result;
    } catch (InterpretException e) {
      throw new JinjaError(e.getMessage());
    }
  }

  private void check() {
    if (error != null) {
      throw error;
    }
    List<TemplateError> errors = getErrorsCopy();
    if (!errors.isEmpty()) {
      throw new JinjaError(errors.get(0).getMessage());
    }
  }

  @Override
  public Object resolveELExpression(String expression, int lineNumber) {
    try {
      return error != null ? null : JinjaExpression.parse(expression).evaluate(this::value);
    } catch (JinjaError e) {
      error = e;
      return null;
    }
  }

  @Override
  public Object resolveELExpression(String expression, int lineNumber, int position) {
    return resolveELExpression(expression, lineNumber);
  }

  @Override
  public Object resolveELExpressionSilently(String expression) {
    return resolveELExpression(expression, getLineNumber());
  }

  private Object value(String name) {
    Object value = getContext().get(name);
    if (value instanceof ForLoop loop) {
      return Map.of(
          "index", (long) loop.getIndex(),
          "index0", (long) loop.getIndex0(),
          "first", loop.isFirst(),
          "last", loop.isLast(),
          "length", (long) loop.getLength());
    }
    return value != null || names.containsKey(name)
        ? PythonValues.of(value)
        : new Undefined("'%s' is undefined".formatted(name));
  }

  @Override
  public String getAsString(Object value) {
    try {
      return error != null ? "" : PythonText.str(value);
    } catch (JinjaError e) {
      error = e;
      return "";
    }
  }

  /** {@code if} by Python's truth. */
  private static final class TruthTag extends IfTag {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean isPositiveIfElseNode(TagNode tagNode, JinjavaInterpreter interpreter) {
      Object value = interpreter.resolveELExpression(tagNode.getHelpers(), tagNode.getLineNumber());
      JinjaTaskInterpreter task = (JinjaTaskInterpreter) interpreter;
      try {
        return task.error == null && PythonValues.truth(value);
      } catch (JinjaError e) {
        task.error = e;
        return false;
      }
    }
  }

  /** {@code for} over what Python iterates. */
  private static final class IterationTag extends ForTag {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public String renderForCollection(
        TagNode tagNode, JinjavaInterpreter interpreter, List<String> loopVars, Object collection) {
      JinjaTaskInterpreter task = (JinjaTaskInterpreter) interpreter;
      try {
        if (tagNode.getChildren().stream().anyMatch(child -> child.getName().equals("else"))) {
          throw new JinjaError("else of a loop is not supported");
        }
        return task.error != null
            ? ""
            : super.renderForCollection(
                tagNode, interpreter, loopVars, PythonValues.iterate(collection));
      } catch (JinjaError e) {
        task.error = e;
        return "";
      }
    }
  }
}
