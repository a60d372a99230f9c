package io.llmgateway.operator.compile;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompilerStaysPureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.llmgateway.operator");

  @Test
  void theCompilerKnowsNoClientNoFrameworkAndNoFile() {
    noClasses()
        .that()
        .resideInAPackage("..operator.compile..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client.dsl..",
            "io.fabric8.kubernetes.client.informers..",
            "io.fabric8.kubernetes.client.utils..",
            "io.javaoperatorsdk..",
            "org.springframework..",
            "java.net.http..",
            "java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
        .check(CLASSES);
  }

  @Test
  void theCompilerHasNoClockAndNoChanceOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage("..operator.compile..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void theCompilerAndTheRendererKnowNothingOfTheReconcilers() {
    noClasses()
        .that()
        .resideInAnyPackage("..operator.compile..", "..operator.render..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..operator.reconcile..", "..operator.acknowledge..", "..operator.status..")
        .check(CLASSES);
  }

  @Test
  void whatAStatusSaysIsPure() {
    noClasses()
        .that()
        .resideInAPackage("..operator.status..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client.dsl..",
            "io.javaoperatorsdk..",
            "org.springframework..",
            "..operator.reconcile..",
            "..operator.acknowledge..")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void springIsOnlyWhereTheProcessIsPutTogether() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..operator.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.micrometer..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageTalksToAws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..operator.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void ofTheRuntimeOnlyTheConfigurationIsKnown() {
    noClasses()
        .that()
        .resideInAPackage("io.llmgateway.operator..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.llmgateway.runtime..")
                .and(resideOutsideOfPackage("io.llmgateway.runtime.config..")))
        .check(CLASSES);
  }
}
