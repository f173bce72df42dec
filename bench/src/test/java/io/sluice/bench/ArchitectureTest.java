package io.sluice.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Of the modules around the job: Maven holds what is between them, these rules what is inside. */
@AnalyzeClasses(
    packages = {"io.sluice.ops", "io.sluice.sandbox", "io.sluice.bench"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule opsHasNoCircles =
      slices().matching("io.sluice.ops.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sandboxHasNoCircles =
      slices().matching("io.sluice.sandbox.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule benchHasNoCircles =
      slices().matching("io.sluice.bench.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule toolsAndStackSeeTheJobFromOutside =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.ops..", "io.sluice.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.httplog..",
              "io.sluice.feed..",
              "io.sluice.clickhouse..",
              "org.apache.flink..");
}
