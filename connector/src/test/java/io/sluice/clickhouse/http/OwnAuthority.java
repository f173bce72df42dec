package io.sluice.clickhouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that no JVM knows and a server's certificate that it signed, by {@code keytool}. */
public final class OwnAuthority {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore keys;

  /**
   * @param host whom the server's certificate is for: {@code ip:127.0.0.1}, {@code dns:localhost}
   */
  public OwnAuthority(Path folder, String host) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("authority.p12");
    keytool(store, "ca", "-dname", "CN=Own authority", "-ext", "bc:c");
    keytool(store, "server", "-dname", "CN=server", "-signer", "ca", "-ext", "san=" + host);
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
  }

  /** Who is to be trusted. */
  public String pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", keys.getCertificate("ca").getEncoded());
  }

  String serverCertificate() throws GeneralSecurityException {
    return pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
  }

  /** Not encrypted. */
  public String serverKey() throws GeneralSecurityException {
    return pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
  }

  private static String pem(String what, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(what, lines.encodeToString(der));
  }

  private static void keytool(Path store, String alias, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
