package io.promptmill.spark.eval.score;

import io.promptmill.spark.eval.Document;
import io.promptmill.text.python.PythonText;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters that change each answer. */
final class TextFilters {
  private TextFilters() {}

  static Filter lowercase(Arguments arguments) {
    return texts(PythonText::lower);
  }

  static Filter uppercase(Arguments arguments) {
    return texts(PythonText::upper);
  }

  /** Strips white space off both ends. */
  static Filter removeWhitespace(Arguments arguments) {
    return texts(PythonText::strip);
  }

  /** Replaces answers by a mapping's values. */
  static Filter map(Arguments arguments) {
    Map<?, ?> mapping = arguments.map("mapping_dict");
    Object otherwise = arguments.any("default_value", null);
    return new Filter() {
      @Override
      public Object apply(Object answers, Document document) {
        return Filter.changeEach(
            answers, answer -> mapping.containsKey(answer) ? mapping.get(answer) : otherwise);
      }

      @Override
      public Set<Object> notFound() {
        return Collections.singleton(otherwise);
      }
    };
  }

  private static Filter texts(UnaryOperator<String> change) {
    return Filter.each(answer -> change.apply(PythonText.str(answer)));
  }
}
