package io.promptmill.text;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.io.Serial;
import java.util.function.Function;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELException;

/**
 * Jinja2's precedence where the engine's own differs: {@code not} binds weaker than comparisons and
 * tests ({@code not x is defined}), a named argument takes a whole expression ({@code f(a=b - 1)}).
 * Unknown filters and tests are errors.
 */
final class JinjaSyntax extends ExtendedSyntaxBuilder {

  @Serial private static final long serialVersionUID = 1L;

  JinjaSyntax() {
    super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
  }

  @Override
  protected Parser createParser(String expression) {
    return new PythonPrecedence(this, expression);
  }

  private static final class PythonPrecedence extends ExtendedParser {

    PythonPrecedence(Builder builder, String expression) {
      super(builder, expression);
    }

    @Override
    protected AstNode expr(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() == Symbol.IDENTIFIER && "=".equals(lookahead(0).getImage())) {
        String name = consumeToken().getImage();
        consumeToken();
        return new AstNamedParameter(identifier(name), expr(true));
      }
      return super.expr(required);
    }

    @Override
    protected AstNode eq(boolean required) throws ScanException, ParseException {
      if (getToken().getSymbol() != Symbol.NOT) {
        return super.eq(required);
      }
      consumeToken();
      return createAstUnary(eq(true), AstUnary.NOT);
    }

    /** The engine itself would take an unknown filter or test for one that gives null. */
    @Override
    protected AstIdentifier createAstIdentifier(String name, int index) {
      Context context = JinjavaInterpreter.getCurrent().getContext();
      requireKnown("filter", FILTER_PREFIX, name, context::getFilter);
      requireKnown("test", EXPTEST_PREFIX, name, context::getExpTest);
      return super.createAstIdentifier(name, index);
    }

    private static void requireKnown(
        String kind, String prefix, String name, Function<String, Object> lookup) {
      if (name.startsWith(prefix) && lookup.apply(name.substring(prefix.length())) == null) {
        throw new ELException("unknown " + kind + " " + name.substring(prefix.length()));
      }
    }
  }
}
