package io.llmgateway.localcluster.http;

import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The server's self-signed certificate for 127.0.0.1, ::1 and localhost. TLS is needed even on
 * loopback: kubectl sends its token over nothing else. The JDK signs, but has no public API that
 * makes a certificate, so the few DER structures (RFC 5280) are written here.
 */
final class LoopbackCertificate {
  private static final char[] PASSWORD = "local-cluster".toCharArray();
  private static final String ALIAS = "server";
  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final byte[] ECDSA_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  private final KeyStore keys;

  private LoopbackCertificate(KeyStore keys) {
    this.keys = keys;
  }

  /**
   * @param file where to keep it; null: only in memory
   */
  static LoopbackCertificate load(@Nullable Path file, Clock clock) throws IOException {
    try {
      var keys = KeyStore.getInstance("PKCS12");
      if (file != null && Files.exists(file)) {
        keys.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD);
        var until = certificate(keys).getNotAfter().toInstant();
        if (until.isAfter(clock.instant().plus(RENEWED_BEFORE))) {
          return new LoopbackCertificate(keys);
        }
      }
      keys.load(null, null);
      create(keys, clock.instant());
      if (file != null) {
        var out = new ByteArrayOutputStream();
        keys.store(out, PASSWORD);
        PrivateFiles.write(file, out.toByteArray());
      }
      return new LoopbackCertificate(keys);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make the server's certificate", e);
    }
  }

  SSLContext serverContext() throws IOException {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot set up TLS", e);
    }
  }

  /** The certificate that clients trust, as PEM. */
  String pem() {
    try {
      var body =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(certificate(keys).getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encode the server's certificate", e);
    }
  }

  private static X509Certificate certificate(KeyStore keys) throws GeneralSecurityException {
    return (X509Certificate) keys.getCertificate(ALIAS);
  }

  private static void create(KeyStore keys, Instant now)
      throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    var name = sequence(der(0x31, sequence(oid(2, 5, 4, 3), der(0x0c, utf8("local-cluster")))));
    var body =
        sequence(
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, new BigInteger(63, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            ECDSA_SHA256,
            name,
            sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(LIFETIME))),
            name,
            pair.getPublic().getEncoded(),
            der(0xa3, sequence(authority(), alternativeNames())));
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(body);
    var signed = sequence(body, ECDSA_SHA256, der(0x03, join(new byte[] {0}, signer.sign())));
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
    keys.setKeyEntry(
        ALIAS, pair.getPrivate(), PASSWORD, new java.security.cert.Certificate[] {certificate});
  }

  /** basicConstraints CA: clients trust this certificate as their authority. */
  private static byte[] authority() {
    var isTrue = der(0x01, new byte[] {(byte) 0xff});
    return sequence(oid(2, 5, 29, 19), isTrue, der(0x04, sequence(isTrue)));
  }

  private static byte[] alternativeNames() {
    var v6 = new byte[16];
    v6[15] = 1;
    return sequence(
        oid(2, 5, 29, 17),
        der(
            0x04,
            sequence(
                der(0x82, utf8("localhost")),
                der(0x87, new byte[] {127, 0, 0, 1}),
                der(0x87, v6))));
  }

  private static byte[] time(Instant at) {
    var text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(at);
    return der(0x17, utf8(text));
  }

  private static byte[] oid(int first, int second, int third, int fourth) {
    return der(0x06, new byte[] {(byte) (first * 40 + second), (byte) third, (byte) fourth});
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, join(parts));
  }

  private static byte[] der(int tag, byte[] content) {
    int n = content.length;
    byte[] header =
        n < 0x80
            ? new byte[] {(byte) tag, (byte) n}
            : n < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
    return join(header, content);
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
