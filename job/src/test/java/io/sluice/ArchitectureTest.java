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
  static final ArchRule clientAndRecordsKnowNothingOfFlink =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.clickhouse..", "io.sluice.record..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule pureRulesKnowNothingOfFlink =
      noClasses()
          .that()
          .haveSimpleName("IpAnonymizer")
          .or()
          .haveSimpleName("HttpLogDecoder")
          .or()
          .haveSimpleName("NativeBlockWriter")
          .or()
          .haveSimpleName("BlockBuilder")
          .or()
          .haveSimpleName("SendQueue")
          .or()
          .haveSimpleName("Batch")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule blocksAndSinkServeAnyTable =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.block..", "io.sluice.sink..", "io.sluice.clickhouse..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("HttpLogRecord")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sluice.schema..", "io.sluice.source..");

  @ArchTest
  static final ArchRule stagesDoNotImportAgainstTheFlow =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sluice.job..");
}
