package io.llmgateway.operator.compile;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM certificates. */
final class Certificates {
  /**
   * Certificates stand in route shards: a whole system's bundle on each backend would fill them.
   */
  private static final int MAX_PEM_LENGTH = 64 * 1024;

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private Certificates() {}

  /**
   * The certificates alone, rewritten as PEM: whatever else the text holds, such as a private key,
   * goes no further.
   *
   * @throws Refusal when there is no certificate or one does not parse
   */
  static String only(String field, byte[] text) throws Refusal {
    StringBuilder pem = new StringBuilder();
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(LINES.encodeToString(der(field, block.group(1))))
          .append("\n-----END CERTIFICATE-----\n");
    }
    if (pem.isEmpty()) {
      throw invalid(field, "holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    if (pem.length() > MAX_PEM_LENGTH) {
      throw invalid(
          field,
          "holds more than "
              + MAX_PEM_LENGTH / 1024
              + " KiB of certificates; keep only those that sign this server's");
    }
    return pem.toString();
  }

  private static byte[] der(String field, String base64) throws Refusal {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der))
          .getEncoded();
    } catch (CertificateException | IllegalArgumentException e) {
      throw invalid(field, "holds a PEM certificate that cannot be read");
    }
  }

  private static Refusal invalid(String field, String what) {
    return new Refusal(Reasons.INVALID_CERTIFICATE, field + ": the entry " + what);
  }
}
