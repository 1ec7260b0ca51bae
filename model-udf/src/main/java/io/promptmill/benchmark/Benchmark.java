package io.promptmill.benchmark;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.engine.Engine;
import io.promptmill.engine.StopCondition;
import io.promptmill.model.CausalLm;
import io.promptmill.model.runtime.MachineFacts;
import io.promptmill.model.runtime.MachineLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** Runs the parts that the options name, one after the other, in this process. */
public final class Benchmark {
  private static final int WARM_UP_PROMPTS = 2;
  private static final int WARM_UP_TOKENS = 4;

  private final BenchmarkOptions options;
  private final BenchmarkSizes sizes;
  private final Configuration conf;
  private final Consumer<String> progress;
  private final List<Measurement> measurements = new ArrayList<>();

  Benchmark(
      BenchmarkOptions options,
      BenchmarkSizes sizes,
      Configuration conf,
      Consumer<String> progress) {
    this.options = options;
    this.sizes = sizes;
    this.conf = conf;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param conf finds the file system of the work directory
   * @param progress takes a line now and then
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} before any work if
   *     the work directory has another checkpoint or the jobs file is not what it must be
   */
  public static BenchmarkReport run(
      BenchmarkOptions options, Configuration conf, Consumer<String> progress) {
    return new Benchmark(options, BenchmarkSizes.standard(options.layers()), conf, progress).run();
  }

  BenchmarkReport run() {
    String startedAt = Instant.now().toString();
    JobTokens jobs =
        options.jobs().isPresent()
            ? JobTokens.read(options.jobs().get())
            : JobTokens.random(sizes, 1);
    BenchmarkReport.Settings settings = BenchmarkReport.Settings.of(options);
    if (!options.needsModel()) {
      return new BenchmarkReport(
          startedAt, MachineFacts.current(), settings, null, limits(), null, List.of());
    }
    try (WorkDirectory work =
            WorkDirectory.open(options.workDir(), conf, sizes.config(), progress);
        CheckpointDirectory checkpoint = CheckpointDirectory.open(work.uri(), conf);
        ModelLoad load = ModelLoad.run(checkpoint, options, sizes)) {
      progress.accept("loaded in %.1f s".formatted(load.report().seconds()));
      MachineLimits limits = options.parts().contains(Part.LIMITS) ? limits() : null;
      ModelWork modelWork = ModelWork.of(checkpoint);
      measure(
          load.model(), jobs, Optional.ofNullable(limits).map(l -> roofline(l, modelWork, load)));
      return new BenchmarkReport(
          startedAt,
          MachineFacts.current(),
          settings,
          load.report(),
          limits,
          work(modelWork, limits, load.report().dtype()),
          measurements);
    }
  }

  private MachineLimits limits() {
    progress.accept("measuring the machine's limits");
    return MachineLimits.measure(options.devices(), options.threads(), sizes.limits());
  }

  private static Roofline roofline(MachineLimits limits, ModelWork work, ModelLoad load) {
    return Roofline.of(work, limits, load.report().dtype());
  }

  private static BenchmarkReport.Work work(ModelWork work, MachineLimits limits, String dtype) {
    double gflops = work.fullTokenFlops() / 1e9;
    return new BenchmarkReport.Work(gflops, limits == null ? null : limits.gflops(dtype) / gflops);
  }

  private void measure(CausalLm model, JobTokens jobs, Optional<Roofline> roofline) {
    EngineSource engines = new EngineSource(model, options.maxStepTokens());
    if (options.parts().stream().anyMatch(part -> part.compareTo(Part.LIMITS) > 0)) {
      warmUp(engines);
    }
    if (options.parts().contains(Part.PREFILL)) {
      prefill(new PrefillBenchmark(engines, options.repeats()), roofline);
    }
    if (options.parts().contains(Part.DECODE)) {
      decode(
          new DecodeBenchmark(engines, sizes.context(), sizes.windowSteps(), options.repeats()),
          roofline);
    }
    if (options.parts().contains(Part.MMLU)) {
      List<int[]> documents = jobs.documents();
      double limit = roofline.map(r -> documents.size() / r.promptSeconds(documents)).orElse(0.0);
      new MmluBenchmark(engines, options.repeats())
          .run(documents, jobs.candidates(), limit)
          .forEach(this::add);
    }
    if (options.parts().contains(Part.GSM8K)) {
      double limit = roofline.map(r -> completionLimit(r, jobs.prompts())).orElse(0.0);
      new Gsm8kBenchmark(engines, sizes.completionTokens(), options.repeats())
          .run(jobs.prompts(), limit)
          .forEach(this::add);
    }
  }

  /** The first steps of a process compile and pack; every kind of step is run once. */
  private void warmUp(EngineSource engines) {
    SplittableRandom random = new SplittableRandom(0);
    int vocabulary = engines.model().info().vocabSize();
    try (Engine engine = engines.open()) {
      for (int[] prompt : Requests.random(random, WARM_UP_PROMPTS, sizes.context(), vocabulary)) {
        Requests.join(
            engine.submit(Requests.complete(prompt, WARM_UP_TOKENS, StopCondition.NEVER)));
      }
    }
  }

  private void prefill(PrefillBenchmark benchmark, Optional<Roofline> roofline) {
    for (BenchmarkSizes.Prompts shape : sizes.prefill()) {
      Measurement found = benchmark.run(shape);
      int tokens = shape.tokens();
      add(roofline.map(r -> found.within(tokens / r.promptSeconds(tokens))).orElse(found));
    }
  }

  private void decode(DecodeBenchmark benchmark, Optional<Roofline> roofline) {
    for (int batch : sizes.decodeBatches()) {
      Measurement found = benchmark.run(batch);
      double context = benchmark.meanContext();
      add(roofline.map(r -> found.within(batch / r.stepSeconds(batch, context))).orElse(found));
    }
  }

  /** Prompts a second if they are computed first and then all decode together. */
  private double completionLimit(Roofline roofline, List<int[]> prompts) {
    int steps = sizes.completionTokens() - 1;
    double length = prompts.stream().mapToInt(prompt -> prompt.length).average().orElse(0);
    double seconds =
        roofline.promptSeconds(prompts)
            + steps * roofline.stepSeconds(prompts.size(), length + steps / 2.0);
    return prompts.size() / seconds;
  }

  private void add(Measurement measurement) {
    measurements.add(measurement);
    progress.accept(
        "%s: %.3f %s".formatted(measurement.name(), measurement.median(), measurement.unit()));
  }
}
