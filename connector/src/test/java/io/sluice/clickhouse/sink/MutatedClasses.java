package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.send.Batch;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sluice with one rule broken: the classes of one source file are compiled anew, before others. */
final class MutatedClasses extends URLClassLoader {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "sluice", "clickhouse");
  private static final String OURS = "io.sluice.";
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** One for all, since it knows by then what is in the jars. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  private MutatedClasses(URL[] ours) {
    super(ours, MutatedClasses.class.getClassLoader());
  }

  /**
   * Compiles a broken class, and loads everything of Sluice anew.
   *
   * @param directory for the broken class
   * @throws IllegalStateException if the text is not there exactly once, or does not compile
   */
  static MutatedClasses of(Mutation mutation, Path directory) throws IOException {
    compile(SOURCES.resolve(mutation.file()), mutated(mutation), directory);
    return new MutatedClasses(
        new URL[] {url(directory), locationOf(Batch.class), locationOf(MutatedClasses.class)});
  }

  private static String mutated(Mutation mutation) throws IOException {
    String source = Files.readString(SOURCES.resolve(mutation.file()));
    int at = source.indexOf(mutation.text());
    if (at < 0 || source.indexOf(mutation.text(), at + 1) >= 0) {
      throw new IllegalStateException(
          "'%s' is not exactly once in %s; the mutation needs its new wording"
              .formatted(mutation.text(), mutation.file()));
    }
    return source.replace(mutation.text(), mutation.replacement());
  }

  private static void compile(Path file, String source, Path directory) {
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            directory.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-nowarn");
    synchronized (FILES) {
      boolean compiled =
          COMPILER
              .getTask(
                  messages, FILES, null, options, null, List.of(new Source(file.toUri(), source)))
              .call();
      if (!compiled) {
        throw new IllegalStateException("the mutation does not compile:\n" + messages);
      }
    }
  }

  /** Calls this method of {@link SimulatedSeeds} as it is with the broken rule. */
  Object ofSeeds(String method, long from, long count) throws ReflectiveOperationException {
    return loadClass(SimulatedSeeds.class.getName())
        .getMethod(method, long.class, long.class)
        .invoke(null, from, count);
  }

  private static URL url(Path directory) throws MalformedURLException {
    return directory.toUri().toURL();
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Sluice's classes are this loader's own; the rest is everybody's. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(URI uri, String text) {
      super(uri, JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
