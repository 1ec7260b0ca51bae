package io.promptmill.text;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;

/**
 * The Python string methods that chat templates call: {@code strip}, {@code lstrip}, {@code
 * rstrip}, {@code startswith}, {@code endswith}, {@code split} with a separator, {@code replace},
 * {@code lower}, {@code upper}. Other methods of strings are an error.
 */
final class PythonStrings extends ELResolver {

  private PythonStrings() {}

  /** The engine's own resolvers behind the string methods. */
  static ELResolver resolver() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonStrings());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return resolver;
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] paramTypes, Object[] params) {
    if (!(base instanceof String text)) {
      return null;
    }
    Object result = call(text, String.valueOf(method), List.of(params));
    context.setPropertyResolved(true);
    return result;
  }

  static Object call(String text, String method, List<Object> arguments) {
    String first = arguments.isEmpty() ? null : String.valueOf(arguments.get(0));
    return switch (method + "/" + arguments.size()) {
      case "strip/0", "strip/1" -> strip(text, first, true, true);
      case "lstrip/0", "lstrip/1" -> strip(text, first, true, false);
      case "rstrip/0", "rstrip/1" -> strip(text, first, false, true);
      case "startswith/1" -> text.startsWith(first);
      case "endswith/1" -> text.endsWith(first);
      case "split/1" -> split(text, first);
      case "replace/2" -> text.replace(first, String.valueOf(arguments.get(1)));
      case "lower/0" -> text.toLowerCase(Locale.ROOT);
      case "upper/0" -> text.toUpperCase(Locale.ROOT);
      default ->
          // The engine turns an IllegalArgumentException into null.
          throw new ELException(
              "string method "
                  + method
                  + " with "
                  + arguments.size()
                  + " arguments is not supported");
    };
  }

  /** Strips white space, or any of the given characters. */
  private static String strip(String text, String characters, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && stripped(text.charAt(start), characters)) {
      start++;
    }
    while (right && end > start && stripped(text.charAt(end - 1), characters)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean stripped(char c, String characters) {
    // Python's str.isspace also holds for the separators U+001C to U+001F.
    return characters != null
        ? characters.indexOf(c) >= 0
        : CodePointSet.WHITE_SPACE.contains(c) || (c >= 0x1c && c <= 0x1f);
  }

  private static List<String> split(String text, String separator) {
    if (separator.isEmpty()) {
      throw new ELException("empty separator");
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return null;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return null;
  }
}
