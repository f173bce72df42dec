package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code docs/dependencies.md} names what the poms do, and nothing else. */
class DependenciesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+:[^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

  private static List<Path> poms() throws Exception {
    try (Stream<Path> files = Files.walk(Repository.ROOT, 3)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(file -> !Repository.ROOT.relativize(file).toString().contains("target/"))
          .toList();
    }
  }

  private static Set<String> usedByThePoms() throws Exception {
    Set<String> used = new TreeSet<>();
    for (Path pom : poms()) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
      for (String tag : List.of("dependency", "plugin", "path", "artifactItem")) {
        NodeList found = document.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
          Element element = (Element) found.item(i);
          if (!isManaged(element) && !text(element, "groupId").equals("io.sluice")) {
            used.add(text(element, "groupId") + ":" + text(element, "artifactId"));
          }
        }
      }
      if (document.getElementsByTagName("googleJavaFormat").getLength() > 0) {
        used.add("com.google.googlejavaformat:google-java-format");
      }
    }
    return used;
  }

  /** Managing a version is not using it. */
  private static boolean isManaged(Element element) {
    return element.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
  }

  private static String text(Element element, String child) {
    return element.getElementsByTagName(child).item(0).getTextContent().trim();
  }

  private static List<MatchResult> rows() {
    return ROW.matcher(Repository.read("docs/dependencies.md")).results().toList();
  }

  @Test
  void areAllListedOnce() throws Exception {
    assertThat(rows().stream().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(usedByThePoms());
  }

  @Test
  void haveALicenceAndAReason() {
    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.group(2)).as(row.group(1)).containsPattern("Apache|MIT|BSD|EPL|GPL");
              assertThat(row.group(3).trim()).as(row.group(1)).isNotEmpty();
            });
  }

  /** Each module of the build is looked at, and each pom is a module's. */
  @Test
  void arePartsOfOneBuild() throws Exception {
    List<String> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Repository.read("pom.xml"))
            .results()
            .map(module -> Repository.ROOT.resolve(module.group(1)).resolve("pom.xml").toString())
            .toList();
    assertThat(
            poms().stream()
                .map(Path::toString)
                .filter(pom -> !pom.equals(Repository.ROOT + "/pom.xml")))
        .containsExactlyInAnyOrderElementsOf(modules);
  }
}
