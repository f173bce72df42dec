package io.sluice.containers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority that nobody knows, and the certificates it signs, by the JDK's {@code
 * keytool}.
 */
final class PrivateCa {
  private static final String PASSWORD = "changeit";
  private static final String CA = "ca";
  private static final String SERVER = "server";

  private final Path folder;
  private final Path caStore;

  /**
   * A certificate with its private key, in PEM.
   *
   * @param text as the authority signed it
   * @param key not encrypted
   */
  record Certificate(String text, String key) {}

  PrivateCa(Path folder) throws IOException {
    this.folder = folder;
    this.caStore = folder.resolve("ca.p12");
    keytool(caStore, "-genkeypair", "-alias", CA, "-keyalg", "RSA", "-validity", "2")
        .with("-dname", "CN=Private CA of a test", "-ext", "bc:c=ca:true")
        .run();
  }

  /** What {@code javax.net.ssl.trustStore} names to trust this authority, and no other. */
  Path trustStore() throws IOException {
    Path trusted = folder.resolve("trusted.p12");
    if (!Files.exists(trusted)) {
      Path certificate = folder.resolve("ca.crt");
      keytool(caStore, "-exportcert", "-rfc", "-alias", CA)
          .with("-file", certificate.toString())
          .run();
      keytool(trusted, "-importcert", "-noprompt", "-alias", CA)
          .with("-file", certificate.toString())
          .run();
    }
    return trusted;
  }

  static String trustStorePassword() {
    return PASSWORD;
  }

  /**
   * @param host whom it is for: a name or an IPv4 address
   */
  Certificate certificateFor(String host) throws IOException, GeneralSecurityException {
    Path store = folder.resolve(host + ".p12");
    Path request = folder.resolve(host + ".csr");
    Path signed = folder.resolve(host + ".crt");
    String kind = host.matches("[0-9.]+") ? "ip" : "dns";
    keytool(store, "-genkeypair", "-alias", SERVER, "-keyalg", "RSA", "-dname", "CN=" + host).run();
    keytool(store, "-certreq", "-alias", SERVER, "-file", request.toString()).run();
    keytool(caStore, "-gencert", "-rfc", "-alias", CA, "-validity", "2")
        .with("-ext", "san=%s:%s".formatted(kind, host))
        .with("-infile", request.toString(), "-outfile", signed.toString())
        .run();
    return new Certificate(Files.readString(signed), privateKey(store));
  }

  private static String privateKey(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey(SERVER, PASSWORD.toCharArray());
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(lines.encodeToString(key.getEncoded()));
  }

  private static Keytool keytool(Path store, String... arguments) {
    String executable = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return new Keytool(new ArrayList<>(List.of(executable)))
        .with(arguments)
        .with("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
  }

  /** One call of it. */
  private record Keytool(List<String> command) {
    Keytool with(String... arguments) {
      command.addAll(List.of(arguments));
      return this;
    }

    void run() throws IOException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      try {
        if (process.waitFor() != 0) {
          throw new IOException(String.join(" ", command) + ": " + said);
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
