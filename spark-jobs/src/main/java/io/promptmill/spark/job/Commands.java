package io.promptmill.spark.job;

import io.promptmill.spark.conf.ConfKey;
import io.promptmill.spark.conf.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as picocli's model, made from the table of keys. */
final class Commands {
  private static final int WIDTH = 100;

  private Commands() {}

  static CommandLine of(List<Job> jobs) {
    CommandSpec top = CommandSpec.create().name("promptmill").mixinStandardHelpOptions(true);
    top.version("promptmill " + Main.version());
    top.usageMessage().description("Bulk inference for Mixture-of-Experts models on Apache Spark.");
    for (Job job : jobs) {
      top.addSubcommand(job.name(), command(job));
    }
    CommandLine commands = new CommandLine(top);
    commands.setExpandAtFiles(false); // a prompt may begin with @
    commands.setUsageHelpWidth(WIDTH);
    return commands;
  }

  private static CommandSpec command(Job job) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(job).name(job.name());
    spec.mixinStandardHelpOptions(true);
    spec.version("promptmill " + Main.version());
    spec.usageMessage()
        .description(job.summary())
        .sortOptions(false)
        .footer(
            "",
            "Every option is a configuration key too: --max-tokens is spark.promptmill.maxTokens"
                + " in --conf and in spark-defaults.conf; --conf takes it without 'spark.' as"
                + " well. An option comes before --conf, that before spark-defaults.conf, that"
                + " before a preset, that before the default.",
            "Exit codes: 0 done, 1 job failed, 2 wrong options or input.");
    Map<String, List<ConfKey<?>>> sections = new LinkedHashMap<>();
    for (ConfKey<?> key : job.keys()) {
      sections.computeIfAbsent(key.section(), section -> new ArrayList<>()).add(key);
    }
    int order = 0;
    for (Map.Entry<String, List<ConfKey<?>>> section : sections.entrySet()) {
      ArgGroupSpec.Builder group = group(section.getKey(), order++);
      section.getValue().forEach(key -> group.addArg(option(key)));
      spec.addArgGroup(group.build());
    }
    ArgGroupSpec.Builder spark = group("Spark", order);
    SparkSetup.options().forEach(spark::addArg);
    spec.addArgGroup(spark.build());
    return spec;
  }

  private static ArgGroupSpec.Builder group(String heading, int order) {
    return ArgGroupSpec.builder()
        .heading("%n" + heading + ":%n")
        .order(order)
        .exclusive(false)
        .validate(false);
  }

  /** Values stay texts here; {@code PromptmillConf} checks them all in one way. */
  private static OptionSpec option(ConfKey<?> key) {
    String doc = key.doc().replace("%", "%%");
    String suffix = key.fallback() == null ? "" : " (default: " + key.fallback() + ")";
    OptionSpec.Builder option =
        OptionSpec.builder(key.option())
            .description(doc + suffix)
            .showDefaultValue(Visibility.NEVER);
    if (key.type().label().isEmpty()) {
      option.type(Boolean.class).arity("0").negatable(true).fallbackValue("true");
    } else if (key.type().repeatable()) {
      option.type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(label(key));
    } else {
      option.type(String.class).arity("1").paramLabel(label(key));
    }
    return option.build();
  }

  /** What was probably meant by an unknown option or subcommand, else nothing. */
  static String hint(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String name = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    return NearestName.hint(
        name, name.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet());
  }

  private static String label(ConfKey<?> key) {
    return key.type().label();
  }

  /** Texts of the options that were given, by option name. */
  static Map<String, List<String>> options(Job job, ParseResult parsed) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (ConfKey<?> key : job.keys()) {
      Object value = parsed.matchedOptionValue(key.option(), null);
      if (value instanceof List<?> many) {
        given.put(key.option(), many.stream().map(String::valueOf).toList());
      } else if (value != null) {
        given.put(key.option(), List.of(value.toString()));
      }
    }
    return given;
  }
}
