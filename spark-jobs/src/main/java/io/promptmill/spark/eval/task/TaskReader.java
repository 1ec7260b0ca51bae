package io.promptmill.spark.eval.task;

import io.promptmill.spark.eval.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one task of a file whose includes and subject are resolved. */
record TaskReader(ScoringReader scoring) {

  static final Set<String> KEYS =
      Set.of(
          "task",
          "task_alias",
          "tag",
          "version",
          "metadata",
          "output_type",
          "dataset",
          "training_split",
          "validation_split",
          "test_split",
          "fewshot_split",
          "fewshot_config",
          "num_fewshot",
          "description",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "target_delimiter",
          "fewshot_delimiter",
          "gen_prefix",
          "generation_kwargs",
          "repeats",
          "filter_list",
          "metric_list");

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.+-]+");

  private static final Set<String> DATASET_KEYS =
      Set.of("suite", "files", "columns", "document", "how_to_get");

  private static final Set<String> FEW_SHOT_KEYS =
      Set.of(
          "sampler",
          "samples",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "target_delimiter",
          "fewshot_delimiter",
          "gen_prefix");

  TaskDefinition read(String origin, YamlMapping keys) {
    String name = checkedName(keys.require("task"));
    OutputType outputType = ScoringReader.outputType(keys.require("output_type"));
    PromptDefinition prompt = PromptReader.read(keys, outputType);
    DatasetDefinition dataset = dataset(keys);
    return new TaskDefinition(
        name,
        keys.text("task_alias", name),
        keys.get("tag").map(YamlValue::texts).orElse(List.of()),
        version(keys),
        outputType,
        dataset,
        prompt,
        fewShot(keys, dataset, prompt),
        keys.get("num_fewshot")
            .map(shots -> OptionalInt.of(shots.integer(0)))
            .orElse(OptionalInt.empty()),
        generation(keys, outputType, prompt),
        keys.get("repeats").map(repeats -> repeats.integer(1)).orElse(1),
        scoring.filters(keys),
        scoring.metrics(keys, outputType),
        origin);
  }

  static String checkedName(YamlValue value) {
    String name = value.text();
    if (!NAME.matcher(name).matches()) {
      throw value.expected("a name of letters, digits, _ . + -");
    }
    return name;
  }

  static String version(YamlMapping keys) {
    return keys.get("version")
        .or(() -> keys.get("metadata").flatMap(metadata -> metadata.mapping().get("version")))
        .map(YamlValue::scalar)
        .orElse("0");
  }

  private static DatasetDefinition dataset(YamlMapping keys) {
    YamlMapping dataset = keys.require("dataset").mapping();
    dataset.allowOnly(DATASET_KEYS);
    Map<String, List<String>> files = new LinkedHashMap<>();
    dataset
        .require("files")
        .mapping()
        .values()
        .forEach((split, alternatives) -> files.put(split, alternatives.texts()));
    Map<String, String> document = new LinkedHashMap<>();
    dataset
        .get("document")
        .ifPresent(
            fields ->
                fields
                    .mapping()
                    .values()
                    .forEach((field, template) -> document.put(field, template.text())));
    YamlValue evaluated =
        keys.get("test_split")
            .or(() -> keys.get("validation_split"))
            .orElseThrow(() -> keys.place().failure("key 'test_split' is missing"));
    return new DatasetDefinition(
        dataset.require("suite").text(),
        files,
        dataset.get("columns").map(YamlValue::texts).orElse(List.of()),
        document,
        split(evaluated, files),
        dataset.text("how_to_get", ""));
  }

  private static String split(YamlValue value, Map<String, List<String>> files) {
    if (!files.containsKey(value.text())) {
      throw value.expected("a split of dataset.files: " + String.join(", ", files.keySet()));
    }
    return value.text();
  }

  private static FewShotDefinition fewShot(
      YamlMapping keys, DatasetDefinition dataset, PromptDefinition prompt) {
    Optional<YamlMapping> config = keys.get("fewshot_config").map(YamlValue::mapping);
    config.ifPresent(present -> present.allowOnly(FEW_SHOT_KEYS));
    Optional<YamlValue> samples = config.flatMap(present -> present.get("samples"));
    Optional<YamlValue> own = keys.get("fewshot_split");
    if (samples.isPresent() && own.isPresent()) {
      throw own.get().failure("give 'fewshot_split' or 'fewshot_config.samples', not both");
    }
    // lm-evaluation-harness compares the two names, so that two absent ones are the same split.
    boolean excludes = own.map(YamlValue::text).equals(keys.get("test_split").map(YamlValue::text));
    String split =
        own.or(() -> keys.get("training_split"))
            .or(() -> keys.get("validation_split"))
            .map(value -> split(value, dataset.files()))
            .orElse(dataset.evalSplit());
    return new FewShotDefinition(
        split,
        excludes,
        config
            .flatMap(present -> present.get("sampler"))
            .map(TaskReader::sampler)
            .orElse("default"),
        samples.map(TaskReader::samples).orElse(List.of()),
        config.map(present -> PromptReader.override(present, prompt)).orElse(prompt));
  }

  private static String sampler(YamlValue value) {
    if (!FewShotDefinition.SAMPLERS.contains(value.text())) {
      throw value.expected("one of " + String.join(", ", FewShotDefinition.SAMPLERS));
    }
    return value.text();
  }

  private static List<Document> samples(YamlValue list) {
    return list.elements().stream().map(sample -> new Document(sample.mapping().plain())).toList();
  }

  /** lm-evaluation-harness's own defaults fill what the file leaves open. */
  private static Map<String, Object> generation(
      YamlMapping keys, OutputType outputType, PromptDefinition prompt) {
    Optional<YamlValue> own = keys.get("generation_kwargs");
    if (outputType != OutputType.GENERATE_UNTIL) {
      own.ifPresent(
          value -> {
            throw value.failure("'generation_kwargs' needs output_type generate_until");
          });
      return Map.of();
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    if (own.isPresent()) {
      settings.putAll(own.get().plainMapping());
      settings.computeIfPresent(
          "temperature",
          (key, value) -> value instanceof Number number ? (Object) number.doubleValue() : value);
    } else {
      settings.put("temperature", 0.0);
      settings.put("do_sample", false);
      settings.put("max_gen_toks", 256L);
    }
    settings.putIfAbsent("until", List.of(prompt.fewshotDelimiter()));
    return settings;
  }
}
