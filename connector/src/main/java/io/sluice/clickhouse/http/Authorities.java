package io.sluice.clickhouse.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Who may sign the certificates of servers: the authorities named here and nobody else, or those
 * that the JVM trusts. As text, so that the job takes them along and TaskManagers need no file.
 *
 * @param pem certificates, one after the other; empty for the JVM's own authorities
 */
public record Authorities(String pem) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Authorities OF_THE_JVM = new Authorities("");

  /**
   * @throws IllegalArgumentException in words that could follow the name of a file, if there is no
   *     certificate in it, or more than certificates
   */
  public Authorities {
    if (pem.contains("PRIVATE KEY")) {
      throw new IllegalArgumentException("holds a private key");
    }
    if (!pem.isEmpty() && certificates(pem).isEmpty()) {
      throw new IllegalArgumentException("holds no certificate");
    }
  }

  boolean areOfTheJvm() {
    return pem.isEmpty();
  }

  SSLContext context() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates(pem)) {
        trusted.setCertificateEntry("ca-" + count++, certificate);
      }
      return SSLContexts.custom().loadTrustMaterial(trusted, null).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JVM has no TLS", e);
    }
  }

  private static Collection<? extends Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("holds something else than certificates in PEM", e);
    }
  }

  @Override
  public String toString() {
    return areOfTheJvm() ? "Authorities[of the JVM]" : "Authorities[own]";
  }
}
