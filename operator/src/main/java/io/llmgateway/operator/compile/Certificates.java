package io.llmgateway.operator.compile;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;

/** PEM certificates. */
final class Certificates {
  /**
   * Certificates stand in route shards: a whole system's bundle on each backend would fill them.
   */
  private static final int MAX_PEM_LENGTH = 64 * 1024;

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Certificates() {}

  /**
   * The certificates alone, rewritten as PEM: whatever else the text holds, such as a private key,
   * goes no further.
   *
   * @throws Refusal when there is no certificate or one does not parse
   */
  static String only(String field, byte[] text) throws Refusal {
    Collection<? extends Certificate> certificates;
    StringBuilder pem = new StringBuilder();
    try {
      certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(text));
      for (Certificate certificate : certificates) {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(LINES.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (CertificateException e) {
      throw new Refusal(
          Reasons.INVALID_CERTIFICATE,
          field + ": the entry holds something that is not a PEM certificate");
    }
    if (certificates.isEmpty()) {
      throw new Refusal(
          Reasons.INVALID_CERTIFICATE,
          field + ": the entry holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    if (pem.length() > MAX_PEM_LENGTH) {
      throw new Refusal(
          Reasons.INVALID_CERTIFICATE,
          field
              + ": the certificates are larger than "
              + MAX_PEM_LENGTH / 1024
              + " KiB; keep only those that sign this upstream");
    }
    return pem.toString();
  }
}
