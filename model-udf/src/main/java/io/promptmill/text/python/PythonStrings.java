package io.promptmill.text.python;

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
 * The Python string methods that templates call; those of {@link #call}. Other methods of strings
 * are an error.
 */
public final class PythonStrings extends ELResolver {

  private PythonStrings() {}

  /** The engine's own resolvers behind the string methods. */
  public static ELResolver resolver() {
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
    try {
      Object result = call(text, String.valueOf(method), List.of(params));
      context.setPropertyResolved(true);
      return result;
    } catch (JinjaError e) {
      // The engine turns an IllegalArgumentException into null.
      throw new ELException(e.getMessage(), e);
    }
  }

  public static Object call(String text, String method, List<Object> arguments) {
    String first = arguments.isEmpty() ? null : PythonText.str(arguments.get(0));
    return switch (method + "/" + arguments.size()) {
      case "strip/0", "strip/1" -> strip(text, first, true, true);
      case "lstrip/0", "lstrip/1" -> strip(text, first, true, false);
      case "rstrip/0", "rstrip/1" -> strip(text, first, false, true);
      case "startswith/1" -> text.startsWith(first);
      case "endswith/1" -> text.endsWith(first);
      case "removeprefix/1" -> text.startsWith(first) ? text.substring(first.length()) : text;
      case "removesuffix/1" ->
          text.endsWith(first) ? text.substring(0, text.length() - first.length()) : text;
      case "split/0" -> PythonText.split(text);
      case "split/1" -> split(text, first, -1);
      case "split/2" -> split(text, first, integer(arguments.get(1)));
      case "join/1" -> join(text, arguments.get(0));
      case "index/1" -> index(text, first);
      case "find/1" -> position(text, text.indexOf(first));
      case "rfind/1" -> position(text, text.lastIndexOf(first));
      case "count/1" -> (long) split(text, first, -1).size() - 1;
      case "replace/2" -> text.replace(first, PythonText.str(arguments.get(1)));
      case "replace/3" ->
          replace(text, first, PythonText.str(arguments.get(1)), integer(arguments.get(2)));
      case "lower/0" -> PythonText.lower(text);
      case "upper/0" -> PythonText.upper(text);
      case "capitalize/0" -> capitalize(text);
      case "isdigit/0" -> !text.isEmpty() && text.chars().allMatch(Character::isDigit);
      default ->
          throw new JinjaError(
              "string method "
                  + method
                  + " with "
                  + arguments.size()
                  + " arguments is not supported");
    };
  }

  private static int integer(Object value) {
    return JinjaArguments.integer("a string method", value, -1);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
  }

  /** The first occurrences, all of them for a negative count. */
  static String replace(String text, String old, String replacement, int count) {
    if (count < 0) {
      return text.replace(old, replacement);
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (int i = 0; i < count && at >= 0; i++) {
      replaced.append(text, from, at).append(replacement);
      from = at + old.length();
      at = text.indexOf(old, from);
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static Object index(String text, String part) {
    int at = text.indexOf(part);
    if (at < 0) {
      throw new JinjaError("'%s' is not in '%s'".formatted(part, text));
    }
    return position(text, at);
  }

  /** Code points before the index, -1 for none. */
  private static long position(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }

  private static String join(String separator, Object elements) {
    List<String> texts = new ArrayList<>();
    for (Object element : PythonValues.iterate(elements)) {
      texts.add(JinjaArguments.text("join", element));
    }
    return String.join(separator, texts);
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
    return characters != null ? characters.indexOf(c) >= 0 : PythonText.isSpace(c);
  }

  /** At most the given number of cuts, any number if negative. */
  private static List<String> split(String text, String separator, int cuts) {
    if (separator.isEmpty()) {
      throw new JinjaError("empty separator");
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (cuts < 0 || parts.size() < cuts)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
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
