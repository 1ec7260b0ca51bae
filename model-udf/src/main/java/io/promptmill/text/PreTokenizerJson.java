package io.promptmill.text;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code pre_tokenizer} of a tokenizer file into steps. */
final class PreTokenizerJson {

  // The pattern of the ByteLevel pre-tokenizer's own split (GPT-2).
  private static final String BYTE_LEVEL_PATTERN =
      "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private PreTokenizerJson() {}

  static List<PreTokenizer> read(JsonSection section) {
    if (section.isAbsent()) {
      throw section.unsupported("none", "a ByteLevel pre-tokenizer, alone or last in a Sequence");
    }
    List<JsonSection> steps =
        section.string("type").equals("Sequence")
            ? section.array("pretokenizers")
            : List.of(section);
    List<PreTokenizer> result = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      JsonSection step = steps.get(i);
      String type = step.string("type");
      if (type.equals("ByteLevel") != last) {
        throw section.unsupported(
            type + " as step " + (i + 1) + " of " + steps.size(),
            "Split, Digits, and one ByteLevel as the last step");
      }
      switch (type) {
        case "Split" -> result.add(split(step));
        case "Digits" -> result.add(new PreTokenizer.Digits(step.flag("individual_digits", false)));
        case "ByteLevel" -> byteLevel(step, result);
        default -> throw step.get("type").unsupported(type, "Split, Digits, ByteLevel, Sequence");
      }
    }
    return result;
  }

  private static void byteLevel(JsonSection step, List<PreTokenizer> result) {
    if (step.flag("add_prefix_space", true)) {
      throw step.get("add_prefix_space").unsupported("true", "false");
    }
    if (step.flag("use_regex", true)) {
      result.add(new PreTokenizer.Split(SplitPattern.compile(BYTE_LEVEL_PATTERN), true, true));
    }
  }

  private static PreTokenizer split(JsonSection step) {
    String behavior = step.string("behavior");
    boolean invert = step.flag("invert", false);
    SplitPattern pattern = pattern(step.object("pattern"));
    return switch (behavior) {
      case "Isolated" -> new PreTokenizer.Split(pattern, true, true);
      case "Removed" -> new PreTokenizer.Split(pattern, invert, !invert);
      default -> throw step.get("behavior").unsupported(behavior, "Isolated, Removed");
    };
  }

  private static SplitPattern pattern(JsonSection pattern) {
    boolean regex = !pattern.get("Regex").isAbsent();
    JsonSection source = pattern.get(regex ? "Regex" : "String");
    try {
      return regex ? SplitPattern.compile(source.text()) : SplitPattern.literal(source.text());
    } catch (IllegalArgumentException e) {
      throw source.unsupported(
          e.getMessage() + " in " + source.describe(), "the syntax that SplitPattern lists");
    }
  }
}
