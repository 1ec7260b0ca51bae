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
          .layer("eval")
          .definedBy("io.promptmill.spark.eval..")
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
          .mayOnlyBeAccessedByLayers("job", "eval")
          .whereLayer("eval")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("job", "plugin", "eval")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("report", "job", "eval", "function", "plugin")
          .whereLayer("function")
          .mayOnlyBeAccessedByLayers("plugin")
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
