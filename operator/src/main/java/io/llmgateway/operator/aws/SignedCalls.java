package io.llmgateway.operator.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Calls of services with REST and JSON, of which the operator needs too few for their own clients:
 * signed and sent by the SDK, and failing with its exceptions.
 */
final class SignedCalls {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;

  SignedCalls(SdkHttpClient http, AwsCredentialsProvider credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  /**
   * @param name as signatures have it
   */
  record Service(String name, String region, URI endpoint) {}

  /**
   * @param path encoded
   * @param body null for none
   */
  record Call(
      SdkHttpMethod method, String path, Map<String, String> query, @Nullable JsonNode body) {
    static Call get(String path, Map<String, String> query) {
      return new Call(SdkHttpMethod.GET, path, query, null);
    }
  }

  /**
   * @throws AwsServiceException with AWS's code
   * @throws SdkClientException when nobody answers, or there are no credentials
   */
  JsonNode send(Service service, Call call) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(call.method())
            .uri(service.endpoint())
            .encodedPath(call.path());
    call.query().forEach(request::putRawQueryParameter);
    byte[] body =
        call.body() == null ? new byte[0] : call.body().toString().getBytes(StandardCharsets.UTF_8);
    if (call.body() != null) {
      request.putHeader("Content-Type", "application/json");
      request.putHeader("Content-Length", String.valueOf(body.length));
    }
    ContentStreamProvider payload = ContentStreamProvider.fromByteArray(body);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(credentials.resolveCredentials())
                        .request(request.build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.name())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, service.region()));
    HttpExecuteRequest.Builder sent = HttpExecuteRequest.builder().request(signed.request());
    if (call.body() != null) {
      sent.contentStreamProvider(payload);
    }
    try {
      return answer(http.prepareRequest(sent.build()).call());
    } catch (IOException e) {
      throw SdkClientException.create("no answer of " + service.name(), e);
    }
  }

  private static JsonNode answer(HttpExecuteResponse response) throws IOException {
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      try (var stream = response.responseBody().get()) {
        body = stream.readAllBytes();
      }
    }
    JsonNode json = read(body);
    if (response.httpResponse().isSuccessful()) {
      return json;
    }
    String code =
        response
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .orElseGet(() -> json.path("__type").asText(json.path("code").asText()));
    throw AwsServiceException.builder()
        .statusCode(response.httpResponse().statusCode())
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(bare(code)).build())
        .message("refused")
        .build();
  }

  private static JsonNode read(byte[] body) throws IOException {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // Of a proxy on the way; the status says enough.
    }
  }

  /** Without the namespace before and the address after it that some services add. */
  private static String bare(String code) {
    String name = code.substring(code.indexOf('#') + 1);
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
