package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.StubUpstream.Connection;
import io.llmgateway.runtime.testing.StubUpstream.Request;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bedrock as its reference describes it: refuses what is not signed as it must be. */
public final class BedrockStub {
  public static final String REGION = "us-east-1";

  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nx-amzn-RequestId: 3f1c\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
          + "transfer-encoding: chunked\r\n\r\n";

  private BedrockStub() {}

  /** What it does with a request that is signed well. */
  public interface Model {
    void answer(Request request, Connection connection) throws IOException;
  }

  /**
   * @param secrets by access key id; null for one that is not known
   */
  public static StubUpstream with(Function<String, @Nullable String> secrets, Model model) {
    return new StubUpstream(
        connection -> {
          Request request;
          while ((request = connection.request()) != null) {
            String fault = fault(request, secrets);
            if (fault.isEmpty()) {
              model.answer(request, connection);
            } else {
              connection.write(error(403, fault, "The request is not signed as it must be."));
            }
          }
        });
  }

  private static String fault(Request request, Function<String, @Nullable String> secrets) {
    Map<String, String> headers = SignatureCheck.headers(request.head());
    String authorization = headers.getOrDefault("authorization", "");
    int start = authorization.indexOf("Credential=") + "Credential=".length();
    int end = authorization.indexOf('/', start);
    String secret = end < 0 ? null : secrets.apply(authorization.substring(start, end));
    return secret == null
        ? "UnrecognizedClientException"
        : SignatureCheck.fault(request, REGION, secret);
  }

  public static String error(int status, String type, String message) {
    return error(status, type, message, "");
  }

  static String error(int status, String type, String message, String headers) {
    return StubUpstream.reply(
        status + " Error",
        "content-type: application/json\r\nx-amzn-RequestId: 3f1c\r\nx-amzn-ErrorType: "
            + type
            + ":http://internal.amazon.com/coral/com.amazon.bedrock/\r\n"
            + headers,
        "{\"message\":\"" + message + "\"}");
  }

  public static void stream(Connection connection, byte[]... frames) throws IOException {
    connection.write(STREAM_HEAD);
    for (byte[] frame : frames) {
      connection.write(Integer.toHexString(frame.length) + "\r\n");
      connection.write(frame);
      connection.write("\r\n".getBytes(ISO_8859_1));
    }
    connection.write("0\r\n\r\n");
  }
}
