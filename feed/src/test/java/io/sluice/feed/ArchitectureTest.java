package io.sluice.feed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.feed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("io.sluice.feed.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pureRulesKnowNothingOfFlinkAndKafka =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.feed.anonymize..", "io.sluice.feed.capnp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..");

  @ArchTest
  static final ArchRule whatComesInKnowsOfTheSinkOnlyHowTextIsHandedOn =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.sluice.feed.anonymize..", "io.sluice.feed.capnp..", "io.sluice.feed.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.clickhouse.sink..",
              "io.sluice.clickhouse.send..",
              "io.sluice.clickhouse.http..");

  @ArchTest
  static final ArchRule knowsNoJob =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.httplog..", "io.sluice.schema..");
}
