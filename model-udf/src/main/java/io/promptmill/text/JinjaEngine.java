package io.promptmill.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import io.promptmill.text.python.PythonStrings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinjava set up to render as the Jinja2 of transformers does; values are never rendered again as
 * templates.
 */
final class JinjaEngine extends Jinjava {

  private static final int CACHED_EXPRESSIONS = 1000;

  private final ExpressionFactory expressionFactory;

  JinjaEngine() {
    super(config());
    TreeStore expressions = new TreeStore(new JinjaSyntax(), new Cache(CACHED_EXPRESSIONS));
    expressionFactory = new ExpressionFactoryImpl(expressions, new TruthyTypeConverter());
    registerFilter(new TrimFilter());
    registerFunction(
        new ELFunctionDefinition(
            "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressionFactory;
  }

  private static JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        .withNestedInterpretationEnabled(false)
        .withLegacyOverrides(
            LegacyOverrides.Builder.from(LegacyOverrides.ALL)
                .withWhitespaceRequiredWithinTokens(false)
                // It would escape control characters in text.
                .withUsePyishObjectMapper(false)
                .build())
        .withElResolver(PythonStrings.resolver())
        .withDisabled(Map.of(Library.TAG, Set.of("include", "import", "from", "extends")))
        .build();
  }

  /** {@code trim}, which takes all Unicode white space as {@code str.strip} does. */
  private static final class TrimFilter implements Filter {

    @Override
    public String getName() {
      return "trim";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
      return PythonStrings.call(
          Objects.toString(value, ""), "strip", List.of((Object[]) arguments));
    }
  }
}
