package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests as <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS wants it</a>. Any
 * thread may call it.
 */
final class RequestSigner {
  /** Of Bedrock's runtime and agent runtime alike. */
  private static final String SERVICE = "bedrock";

  /** What the signature adds; other headers are as they were. */
  private static final List<String> ADDED =
      List.of("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "x-amz-content-sha256");

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final String region;
  private final Clock clock;

  RequestSigner(String region, Clock clock) {
    this.region = region;
    this.clock = clock;
  }

  /**
   * Puts the signature among the request's headers. It is over host, content type and body, not
   * over what else a client's request may tell.
   *
   * @param basePath of the endpoint's URL, without a slash at its end
   */
  void sign(
      UpstreamRequest request,
      Endpoint endpoint,
      String basePath,
      AwsCredentialsIdentity credentials) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(endpoint.tls() ? "https" : "http")
            .host(endpoint.host())
            .port(endpoint.port())
            .encodedPath(basePath + request.path())
            .putHeader("Host", endpoint.hostHeader());
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (type != null) {
      unsigned.putHeader("Content-Type", type);
    }
    ContentStreamProvider body =
        ContentStreamProvider.fromInputStreamSupplier(
            () -> new ByteBufInputStream(request.body().duplicate()));
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials)
                    .request(unsigned.build())
                    .payload(body)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    for (String name : ADDED) {
      signed
          .request()
          .firstMatchingHeader(name)
          .ifPresent(value -> request.headers().set(name, value));
    }
  }
}
