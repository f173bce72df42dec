package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one file of the repository says of another one is there: the file, and its section. */
class LinksTest {
  private static final Set<String> NOT_OURS = Set.of(".git", ".sluice", "target", "node_modules");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

  /** As in {@code docs/limits.md#window}, from the repository's root, in any text. */
  private static final Pattern MENTION =
      Pattern.compile(
          "(?<![\\w/.-])(?:\\.\\./)*((?:docs|bench|connector|deploy|monitoring|savepoints)"
              + "/[\\w./-]*\\.md(?:#[\\w-]+)?)");

  private static final Pattern TEXT =
      Pattern.compile(".*\\.(md|java|ya?ml|json|sql|env|xml|conf|properties|sh)|[^.]+");

  @Test
  void linksOfMarkdownFilesLeadSomewhere() throws Exception {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path file : files(".*\\.md")) {
      for (String link : matches(LINK, withoutCode(file))) {
        if (!link.matches("[a-z]+:.*")) {
          links++;
          String path = link.replaceFirst("#.*", "");
          Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
          if (!isThere(target, link)) {
            dead.add(Repository.ROOT.relativize(file) + ": " + link);
          }
        }
      }
    }

    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  @Test
  void pagesThatAreMentionedAreThere() throws Exception {
    List<String> dead = new ArrayList<>();
    int mentions = 0;
    for (Path file : files(TEXT.pattern())) {
      for (String mention : matches(MENTION, Files.readString(file))) {
        mentions++;
        if (!isThere(Repository.ROOT.resolve(mention.replaceFirst("#.*", "")), mention)) {
          dead.add(Repository.ROOT.relativize(file) + ": " + mention);
        }
      }
    }

    assertThat(dead).isEmpty();
    assertThat(mentions).isGreaterThan(100);
  }

  private static boolean isThere(Path target, String link) {
    int hash = link.indexOf('#');
    return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
  }

  /** As GitHub makes them of headings, and those set by hand. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>(matches(ANCHOR, text(page)));
    for (String heading : matches(HEADING, withoutCode(page))) {
      String anchor =
          LINK.matcher(heading)
              .replaceAll("]")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\d _-]", "")
              .replace(' ', '-');
      String unique = anchor;
      for (int i = 1; !anchors.add(unique); i++) {
        unique = anchor + "-" + i;
      }
    }
    return anchors;
  }

  private static String withoutCode(Path file) {
    return CODE_BLOCK.matcher(text(file)).replaceAll("");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<String> matches(Pattern pattern, String text) {
    Stream<MatchResult> matches = pattern.matcher(text).results();
    return matches.map(match -> match.group(1)).toList();
  }

  private static List<Path> files(String name) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        Repository.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString()) || isSavepoint(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().matches(name)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Of Flink's, which are not text. */
  private static boolean isSavepoint(Path folder) {
    return folder.getFileName().toString().matches("savepoint|savepoint-.*");
  }
}
