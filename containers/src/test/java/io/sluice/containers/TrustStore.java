package io.sluice.containers;

import java.io.IOException;

/**
 * Whom the JVM trusts, by the two properties that operators use; as it was before when closed. The
 * JDK reads them for each new connection.
 */
final class TrustStore implements AutoCloseable {
  private static final String FILE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  private final String fileBefore = System.getProperty(FILE);
  private final String passwordBefore = System.getProperty(PASSWORD);

  private TrustStore() {}

  static TrustStore of(PrivateCa ca) throws IOException {
    TrustStore trusted = new TrustStore();
    System.setProperty(FILE, ca.trustStore().toString());
    System.setProperty(PASSWORD, PrivateCa.trustStorePassword());
    return trusted;
  }

  @Override
  public void close() {
    restore(FILE, fileBefore);
    restore(PASSWORD, passwordBefore);
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
