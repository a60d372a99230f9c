package io.llmgateway.runtime.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM, in each of the forms that stand in a {@code kubernetes.io/tls} Secret:
 * PKCS#8, and the older PKCS#1 (RSA) and SEC 1 (EC), which cert-manager and OpenSSL write by
 * default. The JDK reads PKCS#8 alone, so the older ones are put into its envelope (RFC 5208 §5).
 */
final class PemPrivateKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** DER: version 0. */
  private static final byte[] VERSION = {2, 1, 0};

  /** DER: rsaEncryption with NULL parameters (RFC 8017 appendix C). */
  private static final byte[] RSA = {
    0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** DER: id-ecPublicKey (RFC 5480 §2.1.1). */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private PemPrivateKey() {}

  /**
   * @throws GeneralSecurityException when it is none; the message quotes nothing of it
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.find()) {
      throw new GeneralSecurityException(
          "must have a PEM block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, not encrypted");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
      byte[] pkcs8 =
          switch (matcher.group(1)) {
            case "RSA PRIVATE KEY" -> envelope(RSA, der);
            case "EC PRIVATE KEY" -> envelope(sequence(EC, curve(der)), der);
            default -> der;
          };
      return key(pkcs8);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new GeneralSecurityException("its PEM block is damaged");
    }
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // The envelope says which it is, and the factories are the JDK's only readers of it: the
        // next one is tried.
      }
    }
    throw new GeneralSecurityException("must be an RSA, EC or EdDSA key");
  }

  private static byte[] envelope(byte[] algorithm, byte[] key) {
    return sequence(VERSION, algorithm, der(4, key));
  }

  /** The parameters of RFC 5915 §3: field [0], which holds the curve's object identifier. */
  private static byte[] curve(byte[] sec1) {
    int at = content(sec1, 0);
    while (at < sec1.length) {
      int start = content(sec1, at);
      int end = start + length(sec1, at);
      if (sec1[at] == (byte) 0xa0) {
        return Arrays.copyOfRange(sec1, start, end);
      }
      at = end;
    }
    throw new IllegalArgumentException("no curve");
  }

  private static int content(byte[] der, int at) {
    return at + (der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f));
  }

  private static int length(byte[] der, int at) {
    if (der[at + 1] >= 0) {
      return der[at + 1];
    }
    int length = 0;
    for (int i = at + 2; i < content(der, at); i++) {
      length = length << 8 | (der[i] & 0xff);
    }
    if (length < 0 || length > der.length) {
      throw new IllegalArgumentException("length beyond the end");
    }
    return length;
  }

  private static byte[] sequence(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] content = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, content, at, part.length);
      at += part.length;
    }
    return der(0x30, content);
  }

  /** Lengths up to 65,535 in their shortest form, as DER asks for. */
  private static byte[] der(int tag, byte[] content) {
    int n = content.length;
    byte[] head;
    if (n < 0x80) {
      head = new byte[] {(byte) tag, (byte) n};
    } else if (n < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) n};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
    }
    byte[] all = Arrays.copyOf(head, head.length + n);
    System.arraycopy(content, 0, all, head.length, n);
    return all;
  }
}
