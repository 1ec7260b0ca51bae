package io.promptmill.spark.translation;

import java.util.List;

/**
 * A row that is to be translated.
 *
 * @param problem why it cannot be, null where it can
 * @param target the language's name, as prompts have it
 * @param pieces all of the text, in order
 */
record SourceDocument(
    String problem,
    String source,
    String target,
    Glossary glossary,
    SpannedText text,
    List<Piece> pieces) {

  static SourceDocument unusable(String problem) {
    SpannedText none = new SpannedText("", List.of());
    return new SourceDocument(problem, null, null, Glossary.NONE, none, List.of());
  }

  List<String> segments() {
    return pieces.stream().filter(Piece::asked).map(Piece::text).toList();
  }
}
