package io.sluice.httplog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** All that is in {@code job.jar} and ours. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule modulesHaveNoCircles =
      slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingImportsTheJob =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.httplog..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sluice.httplog..");

  @ArchTest
  static final ArchRule theJobKnowsNotHowTheSinkSendsAndHolds =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.httplog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.clickhouse.hold..");
}
