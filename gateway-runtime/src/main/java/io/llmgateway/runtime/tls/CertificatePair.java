package io.llmgateway.runtime.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLException;

/** A certificate chain and the private key of its first certificate; known to belong together. */
record CertificatePair(X509Certificate[] chain, PrivateKey key) {

  /**
   * @throws GeneralSecurityException when they cannot serve; the message names the file at fault
   */
  static CertificatePair parse(byte[] certificates, byte[] key) throws GeneralSecurityException {
    X509Certificate[] chain = chain(certificates);
    PrivateKey privateKey;
    try {
      privateKey = PemPrivateKey.parse(new String(key, StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException("tls.key: " + e.getMessage());
    }
    if (!belongTogether(chain[0], privateKey)) {
      throw new GeneralSecurityException("tls.key: is not the key of tls.crt's first certificate");
    }
    return new CertificatePair(chain, privateKey);
  }

  Instant notAfter() {
    return chain[0].getNotAfter().toInstant();
  }

  SslContext serverContext() throws SSLException {
    return SslContextBuilder.forServer(key, chain)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  private static X509Certificate[] chain(byte[] certificates) throws GeneralSecurityException {
    X509Certificate[] chain;
    try {
      chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificates))
              .toArray(X509Certificate[]::new);
    } catch (CertificateException e) {
      throw new GeneralSecurityException("tls.crt: must be X.509 certificates in PEM");
    }
    if (chain.length == 0) {
      throw new GeneralSecurityException("tls.crt: has no certificate");
    }
    return chain;
  }

  /** The JDK would take any two, and every handshake would fail. */
  private static boolean belongTogether(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] probe = {1, 2, 3};
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    byte[] signature = signer.sign();
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(probe);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
