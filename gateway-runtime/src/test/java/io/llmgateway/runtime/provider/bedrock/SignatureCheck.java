package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a request's signature as <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS
 * describes it</a>, by no library's help.
 */
public final class SignatureCheck {
  private SignatureCheck() {}

  /** Empty when the signature is right, else what AWS calls the error. */
  static String fault(Request request, String region, String secret) {
    return fault(request, region, "bedrock", secret);
  }

  /** Empty when the signature is right, else what AWS calls the error. */
  public static String fault(Request request, String region, String service, String secret) {
    Map<String, String> headers = headers(request.head());
    String authorization = headers.getOrDefault("authorization", "");
    if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) {
      return "MissingAuthenticationTokenException";
    }
    String scope = between(authorization, "Credential=", ",");
    scope = scope.substring(scope.indexOf('/') + 1);
    String date = headers.getOrDefault("x-amz-date", "");
    if (!scope.equals(date.substring(0, 8) + "/" + region + "/" + service + "/aws4_request")) {
      return "InvalidSignatureException";
    }
    String signed = between(authorization, "SignedHeaders=", ",");
    if (!signed.contains("host") || !signed.contains("x-amz-date")) {
      return "InvalidSignatureException";
    }
    String[] line = request.head().substring(0, request.head().indexOf("\r\n")).split(" ", -1);
    StringBuilder canonical = new StringBuilder();
    String[] target = line[1].split("\\?", 2);
    String query =
        target.length == 1
            ? ""
            : Stream.of(target[1].split("&", -1)).sorted().collect(Collectors.joining("&"));
    canonical.append(line[0]).append('\n').append(encodedAgain(target[0])).append('\n');
    canonical.append(query).append('\n');
    for (String name : signed.split(";", -1)) {
      String value = headers.getOrDefault(name, "").strip().replaceAll(" +", " ");
      canonical.append(name).append(':').append(value).append('\n');
    }
    canonical.append('\n').append(signed).append('\n').append(sha256(request.body()));
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString().getBytes(UTF_8));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    String expected = HexFormat.of().formatHex(hmac(key, toSign));
    return authorization.endsWith("Signature=" + expected) ? "" : "InvalidSignatureException";
  }

  public static Map<String, String> headers(String head) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.endsWith("HTTP/1.1")) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** Every service but S3 signs the path as encoded twice. */
  private static String encodedAgain(String path) {
    return path.replace("%", "%25");
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    int end = text.indexOf(to, start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
