package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one file that spark-submit takes. */
class ShadedJarIT {
  private static final Path ARTIFACT = Path.of(System.getProperty("promptmill.artifact"));
  private static final Path SPARK_JARS =
      Path.of(System.getProperty("promptmill.spark.home"), "jars");

  private static List<String> entries(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }

  @Test
  void holdsNothingThatSparkBrings() throws IOException {
    assertThat(entries(ARTIFACT))
        .noneMatch(name -> name.startsWith("org/apache/spark/"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.startsWith("org/apache/arrow/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("scala/"))
        .noneMatch(name -> name.startsWith("com/fasterxml/jackson/"))
        .noneMatch(name -> name.startsWith("com/google/common/"))
        .noneMatch(name -> name.startsWith("com/google/protobuf/"));
  }

  @Test
  void sharesNoClassWithSpark() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(SPARK_JARS)) {
      jars = files.toList();
    }
    List<String> ours = entries(ARTIFACT).stream().filter(ShadedJarIT::isClass).toList();
    assertThat(ours).isNotEmpty();
    for (Path jar : jars) {
      assertThat(entries(jar).stream().filter(ShadedJarIT::isClass).filter(ours::contains))
          .as(jar.getFileName().toString())
          .isEmpty();
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("-info");
  }

  @Test
  void holdsTheModelItsNativesAndTheMainClass() throws IOException {
    assertThat(entries(ARTIFACT))
        .contains(
            "io/promptmill/spark/job/Main.class",
            "io/promptmill/udf/ArrowUdfs.class",
            "com/hubspot/jinjava/Jinjava.class",
            "org/tensorflow/TensorFlow.class",
            "META-INF/LICENSE",
            "META-INF/NOTICE")
        .anyMatch(name -> name.matches("org/tensorflow/.*/libtensorflow_cc\\.so.*"));
    try (JarFile jar = new JarFile(ARTIFACT.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(Main.class.getName());
    }
  }
}
