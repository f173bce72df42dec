package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateCaTest {
  /** Of a subject's alternative names, as RFC 5280 numbers their kinds. */
  @ParameterizedTest
  @CsvSource({"localhost, 2", "172.17.0.1, 7"})
  void signsACertificateForAHost(String host, int kind, @TempDir Path folder) throws Exception {
    PrivateCa ca = new PrivateCa(folder);

    PrivateCa.Certificate made = ca.certificateFor(host);

    X509Certificate certificate = parsed(made.text());
    assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(kind, host));
    KeyStore trusted =
        KeyStore.getInstance(
            ca.trustStore().toFile(), PrivateCa.trustStorePassword().toCharArray());
    PublicKey authority = trusted.getCertificate("ca").getPublicKey();
    certificate.verify(authority);
    assertThat(made.key()).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----\n");
  }

  private static X509Certificate parsed(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
