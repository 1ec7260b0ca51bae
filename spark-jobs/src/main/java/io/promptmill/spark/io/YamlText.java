package io.promptmill.spark.io;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** YAML as nodes, which know their lines. */
public final class YamlText {
  private YamlText() {}

  /**
   * The document's node; empty if there is nothing but comments.
   *
   * @param origin of the text, for errors
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} that names origin and line if
   *     the text is not YAML
   */
  public static Optional<Node> root(String origin, String text) {
    try {
      return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
    } catch (ReaderException e) {
      int found = e.getCodePoint();
      // the exception's own position is one in a buffer
      int line =
          1 + (int) text.substring(0, text.indexOf(found)).chars().filter(c -> c == '\n').count();
      throw failure(origin, line, "it allows no character U+%04X".formatted(found), e);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw failure(origin, line, e.getProblem(), e);
    } catch (YAMLException e) {
      throw failure(origin, 1, e.getMessage(), e);
    }
  }

  private static PromptmillException failure(
      String origin, int line, String problem, YAMLException cause) {
    return new PromptmillException(
        ErrorCode.OPTION_INVALID, "%s:%d: not YAML: %s".formatted(origin, line, problem), cause);
  }

  /** From 1. */
  public static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
