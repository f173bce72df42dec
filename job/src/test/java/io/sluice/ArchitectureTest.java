package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pureRulesKnowNothingOfFlink =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.record..", "io.sluice.anonymize..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule stagesDoNotImportAgainstTheFlow =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sluice.job..");

  @ArchTest
  static final ArchRule stagesKnowOfTheConnectorOnlyHowTextIsHandedOn =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.record..", "io.sluice.anonymize..", "io.sluice.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.clickhouse.sink..",
              "io.sluice.clickhouse.send..",
              "io.sluice.clickhouse.http..");
}
