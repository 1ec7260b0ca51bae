package io.promptmill.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.promptmill.spark", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoTensorFlow =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.promptmill.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("conf")
          .definedBy("io.promptmill.spark.conf")
          .layer("executor")
          .definedBy("io.promptmill.spark.executor")
          .layer("plan")
          .definedBy("io.promptmill.spark.plan")
          .layer("function")
          .definedBy("io.promptmill.spark.function")
          .layer("io")
          .definedBy("io.promptmill.spark.io")
          .layer("batch")
          .definedBy("io.promptmill.spark.batch")
          .layer("eval")
          .definedBy("io.promptmill.spark.eval..")
          .layer("translation")
          .definedBy("io.promptmill.spark.translation")
          .layer("classification")
          .definedBy("io.promptmill.spark.classification")
          .layer("preset")
          .definedBy("io.promptmill.spark.preset")
          .layer("report")
          .definedBy("io.promptmill.spark.report")
          .layer("job")
          .definedBy("io.promptmill.spark.job")
          .layer("plugin")
          .definedBy("io.promptmill.spark")
          .whereLayer("job")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("plugin")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("io")
          .mayOnlyBeAccessedByLayers(
              "job", "eval", "batch", "classification", "preset", "plan", "translation")
          .whereLayer("batch")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("preset")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("classification")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("eval")
          .mayOnlyBeAccessedByLayers("job", "translation")
          .whereLayer("translation")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("job", "plugin", "eval", "classification")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers(
              "report",
              "job",
              "eval",
              "batch",
              "function",
              "translation",
              "classification",
              "plugin")
          .whereLayer("function")
          .mayOnlyBeAccessedByLayers("plugin", "job", "translation", "classification")
          .whereLayer("executor")
          .mayOnlyBeAccessedByLayers("plan", "report", "job", "plugin", "eval", "function");

  @ArchTest
  static final ArchRule theModelIsReachedThroughItsArrowFunctionsAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.promptmill.checkpoint..", "io.promptmill.model.*..");

  @ArchTest
  static final ArchRule evaluationAloneUsesTheTextLayer =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.promptmill.spark.eval..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.promptmill.text..");

  @ArchTest
  static final ArchRule theBenchmarkIsASubcommandAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.promptmill.spark.job")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.promptmill.benchmark..");
}
