package io.sluice.sandbox.kafka;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.Ports;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real broker that those who come by TLS have to log in to, with a certificate that no JVM knows;
 * and one port without either, for what a test does by itself.
 */
public final class TlsBroker implements AutoCloseable {
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";

  private static final String STORE_PASSWORD = "changeit";

  private final Path folder;
  private final StackOptions options = StackOptions.onFreePorts();

  /** A port that {@code options} claims, and no service here needs. */
  private final int tlsPort = options.ports().clickhouse();

  private final KafkaProcess process;

  private TlsBroker(Path folder, String user, String password) {
    this.folder = folder;
    this.process = withLogin(user, password);
  }

  /** Starts it, with a certificate for {@code localhost}. */
  public static TlsBroker start(Path folder, String user, String password) {
    TlsBroker broker = new TlsBroker(folder.toAbsolutePath(), user, password);
    broker.makeCertificate();
    broker.process.launch();
    broker.process.awaitReady();
    return broker;
  }

  /** Where a login is asked for. */
  public String servers() {
    return "localhost:" + tlsPort;
  }

  /** Where none is. */
  public String openServers() {
    return options.ports().kafkaBrokers();
  }

  /** Whom to trust, as one line of a properties file has it. */
  public String certificateLine() {
    try {
      return Files.readString(certificate()).lines().collect(Collectors.joining("\\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A login as Kafka's clients have it. */
  public static String login(String user, String password) {
    return "%s required username=\"%s\" password=\"%s\";".formatted(LOGIN_MODULE, user, password);
  }

  @Override
  public void close() {
    process.kill();
  }

  private Path store() {
    return folder.resolve("broker.p12");
  }

  private Path certificate() {
    return folder.resolve("broker.pem");
  }

  private void makeCertificate() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=dns:localhost");
    keytool("-exportcert", "-rfc", "-file", certificate().toString());
  }

  private void keytool(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "broker", "-keystore", store().toString()));
    command.addAll(List.of("-storepass", STORE_PASSWORD));
    Subprocess.run(new Command(command), Duration.ofMinutes(1));
  }

  private KafkaProcess withLogin(String user, String password) {
    Ports ports = options.ports();
    String listeners =
        "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,SASL_SSL://localhost:%d"
            .formatted(ports.kafka(), ports.kafkaController(), tlsPort);
    List<String> overrides =
        List.of(
            listeners,
            "advertised." + listeners,
            "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL",
            "ssl.keystore.location=" + store(),
            "ssl.keystore.password=" + STORE_PASSWORD,
            "sasl.enabled.mechanisms=PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config="
                + "%s required user_%s=\"%s\";".formatted(LOGIN_MODULE, user, password));
    return new KafkaProcess(Home.find(), folder, options) {
      @Override
      protected Command prepare() {
        Command command = super.prepare();
        List<String> arguments = new ArrayList<>(command.arguments());
        overrides.forEach(each -> arguments.addAll(List.of("--override", each)));
        return new Command(arguments, command.environment());
      }

      @Override
      protected void equip() {
        KafkaTopics.create(openServers(), 3);
      }
    };
  }
}
