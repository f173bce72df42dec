package io.sluice.clickhouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.sluice.clickhouse",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("io.sluice.(clickhouse.*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule blocksRulesAndClientKnowNothingOfFlink =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.sluice.clickhouse.block..",
              "io.sluice.clickhouse.send..",
              "io.sluice.clickhouse.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule servesAnyTableFromAnySource =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.sluice.clickhouse..",
              "java..",
              "javax.net..",
              "org.apache.flink..",
              "org.apache.hc..",
              "org.slf4j..",
              "com.github.luben.zstd..");
}
