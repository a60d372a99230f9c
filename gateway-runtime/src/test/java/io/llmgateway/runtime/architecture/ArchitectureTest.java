package io.llmgateway.runtime.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between packages, see {@code docs/} and the package descriptions. */
class ArchitectureTest {
  private static final String ROOT = "io.llmgateway.runtime";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void the_data_plane_knows_nothing_of_kubernetes_nor_of_the_control_plane() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8..",
            "io.kubernetes..",
            "io.javaoperatorsdk..",
            "org.springframework..",
            "io.llmgateway.operator..",
            "io.llmgateway.crds..",
            "io.llmgateway.cli..")
        .check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void a_provider_knows_neither_limits_nor_keys_nor_other_providers() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".provider..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".auth..",
            ROOT + ".limits..",
            ROOT + ".reload..",
            ROOT + ".request..",
            ROOT + ".server..",
            ROOT + ".management..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".config.GatewaySettings")
        .check(CLASSES);
    slices()
        .matching(ROOT + ".provider.(*)..")
        .should()
        .notDependOnEachOther()
        // No provider, but what those have in common that show tokens.
        .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".provider.token.."))
        // OpenAI's language at addresses of its own.
        .ignoreDependency(
            resideInAPackage(ROOT + ".provider.azure.."),
            resideInAPackage(ROOT + ".provider.openai.."))
        .check(CLASSES);
  }

  @Test
  void a_provider_opens_no_connection() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".provider..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void the_operator_needs_nothing_of_the_runtime_but_its_records() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", ROOT + ".table..", ROOT + ".inspect..", ROOT + ".error..")
        .check(CLASSES);
  }

  @Test
  void time_is_told_by_a_clock_that_was_handed_in() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".GatewayMain")
        .should()
        .callMethod(java.time.Clock.class, "systemUTC")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void no_file_is_longer_than_300_lines() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(300);
      }
    }
  }
}
