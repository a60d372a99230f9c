package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Paths of Bedrock's runtime. */
final class BedrockPaths {
  static final String RERANK = "/rerank";

  private BedrockPaths() {}

  /**
   * @param model an id or an ARN; its colons and slashes are percent-encoded, as the whole of it is
   *     one segment
   * @param operation such as {@code /converse}
   */
  static String model(String model, String operation) {
    StringBuilder path = new StringBuilder(model.length() + 48).append("/model/");
    for (byte b : model.getBytes(UTF_8)) {
      if (unreserved(b)) {
        path.append((char) b);
      } else {
        path.append('%');
        HexFormat.of().withUpperCase().toHexDigits(path, b);
      }
    }
    return path.append(operation).toString();
  }

  /** RFC 3986, section 2.3. */
  private static boolean unreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
