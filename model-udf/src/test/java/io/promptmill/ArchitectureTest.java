package io.promptmill;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Package dependencies go one way: error ← checkpoint ← model ← engine ← udf, error ← text ← udf;
 * engine ← benchmark.
 */
@AnalyzeClasses(packages = "io.promptmill", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.promptmill..")
          .layer("error")
          .definedBy("io.promptmill.error")
          .layer("checkpoint")
          .definedBy("io.promptmill.checkpoint..")
          .layer("text")
          .definedBy("io.promptmill.text..")
          .layer("model")
          .definedBy("io.promptmill.model..")
          .layer("engine")
          .definedBy("io.promptmill.engine..")
          .layer("udf")
          .definedBy("io.promptmill.udf..")
          .layer("benchmark")
          .definedBy("io.promptmill.benchmark..")
          .whereLayer("error")
          .mayNotAccessAnyLayer()
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("error")
          .whereLayer("text")
          .mayOnlyAccessLayers("error")
          .whereLayer("model")
          .mayOnlyAccessLayers("error", "checkpoint")
          .whereLayer("engine")
          .mayOnlyAccessLayers("error", "model")
          .whereLayer("udf")
          .mayOnlyAccessLayers("error", "checkpoint", "text", "model", "engine")
          .whereLayer("benchmark")
          .mayOnlyAccessLayers("error", "checkpoint", "model", "engine")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.promptmill.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule tensorFlowStaysInTheGraphPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.promptmill.model.runtime..",
              "io.promptmill.model.layer..",
              "io.promptmill.model.moe..",
              "io.promptmill.model.family..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
          .because("the engine and the Arrow UDF must plan, and be tested, without native code");

  @ArchTest
  static final ArchRule modelsAreReachedThroughTheirContractAndRegistry =
      noClasses()
          .that()
          .resideInAnyPackage("io.promptmill.engine..", "io.promptmill.udf..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.promptmill.model.*..")
                  .and(DescribedPredicate.not(name("io.promptmill.model.family.ModelFamilies"))));

  @ArchTest
  static final ArchRule sparkIsUnknown =
      noClasses().should().dependOnClassesThat(resideInAnyPackage("org.apache.spark.."));

  @ArchTest
  static final ArchRule arrowStaysInTheUdf =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.promptmill.udf..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.arrow..");

  @ArchTest
  static final ArchRule fileSystemsStayInTheCheckpoint =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.promptmill.checkpoint..", "io.promptmill.udf..", "io.promptmill.benchmark..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
