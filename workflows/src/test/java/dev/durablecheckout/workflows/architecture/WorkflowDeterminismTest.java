package dev.durablecheckout.workflows.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/**
 * Workflow code gets time, randomness and threads from Temporal only: else a replay decides
 * differently.
 */
@AnalyzeClasses(
    packages = "dev.durablecheckout.workflows",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class WorkflowDeterminismTest {
  private static final Set<String> CLOCK_READERS = Set.of("now", "currentTimeMillis", "nanoTime");

  private static final DescribedPredicate<JavaClass> WORKFLOW_CODE =
      JavaClass.Predicates.resideOutsideOfPackage("..client..");

  @ArchTest
  static final ArchRule NO_CLOCK =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .accessTargetWhere(
              new DescribedPredicate<>("reads a clock") {
                @Override
                public boolean test(JavaAccess<?> access) {
                  String owner = access.getTargetOwner().getName();
                  return CLOCK_READERS.contains(access.getName())
                      && (owner.startsWith("java.time.") || owner.equals("java.lang.System"));
                }
              });

  @ArchTest
  static final ArchRule NO_CLOCK_OBJECT =
      noClasses().that(WORKFLOW_CODE).should().dependOnClassesThat().areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule NO_RANDOMNESS =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.Random|java\\.security\\.SecureRandom|.*ThreadLocalRandom");

  @ArchTest
  static final ArchRule NO_THREADS =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\..*");

  @ArchTest
  static final ArchRule NO_INPUT_OR_OUTPUT =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..");

  @ArchTest
  static final ArchRule NO_ENVIRONMENT =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  @ArchTest
  static final ArchRule NO_UNORDERED_COLLECTIONS =
      noClasses()
          .that(WORKFLOW_CODE)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.HashMap|java\\.util\\.HashSet");
}
