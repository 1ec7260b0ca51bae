package io.promptmill.spark.preset;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import io.promptmill.spark.conf.NearestName;
import io.promptmill.spark.conf.PresetKeys;
import io.promptmill.spark.io.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** The presets that ship, and those of users. */
public final class Presets {
  private static final String FOLDER = "/promptmill/presets/";

  private static final List<String> SHIPPED =
      List.of("customer-service-reply", "code-explanation", "moderation");

  /** Anything else has the slash, colon or dot of a URI. */
  private static final Pattern NAME = Pattern.compile("[\\w-]+");

  private Presets() {}

  public static List<Preset> shipped() {
    return SHIPPED.stream().map(Presets::shipped).toList();
  }

  /**
   * @param nameOrUri a shipped preset's name, else the URI of a file
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if there is none or it is
   *     wrong
   */
  public static Preset of(String nameOrUri, Configuration hadoop) {
    String option = PresetKeys.PRESET.option();
    if (SHIPPED.contains(nameOrUri)) {
      return shipped(nameOrUri);
    }
    if (NAME.matcher(nameOrUri).matches()) {
      throw invalid(
          "%s: expected one of %s, or the URI of a YAML file, found '%s'%s"
              .formatted(
                  option,
                  String.join(", ", SHIPPED),
                  nameOrUri,
                  NearestName.hint(nameOrUri, SHIPPED)));
    }
    Location file = Location.of(option, nameOrUri, hadoop);
    return PresetFile.parse(nameOrUri, option + " " + file.path(), file.text(option));
  }

  /**
   * As {@link #of}, for a job.
   *
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} also if it is another job's
   */
  public static Preset of(String nameOrUri, String job, Configuration hadoop) {
    Preset preset = of(nameOrUri, hadoop);
    if (!preset.job().equals(job)) {
      List<String> fitting =
          shipped().stream().filter(p -> p.job().equals(job)).map(Preset::name).toList();
      throw invalid(
          "%s: expected a preset of %s (%s), found '%s', which is one of %s"
              .formatted(
                  PresetKeys.PRESET.option(),
                  job,
                  String.join(", ", fitting),
                  nameOrUri,
                  preset.job()));
    }
    return preset;
  }

  private static Preset shipped(String name) {
    String path = FOLDER + name + ".yaml";
    try (InputStream file = Presets.class.getResourceAsStream(path)) {
      String text =
          new String(Objects.requireNonNull(file, path).readAllBytes(), StandardCharsets.UTF_8);
      return PresetFile.parse(name, PresetKeys.PRESET.option() + " " + name, text);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static PromptmillException invalid(String message) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, message);
  }
}
