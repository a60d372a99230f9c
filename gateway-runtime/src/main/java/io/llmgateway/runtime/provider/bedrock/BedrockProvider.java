package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** See the package. */
public final class BedrockProvider implements RemoteProvider {
  private final Backend backend;
  private final Endpoint endpoint;
  private final String basePath;
  private final ConverseProtocol protocol;
  private final RequestSigner signer;
  private final @Nullable AwsIdentity identity;
  private final Clock clock;

  public BedrockProvider(Backend backend, ProviderConfig.Bedrock config, Clock clock) {
    this(
        backend,
        config,
        clock,
        backend.credential() != null
            ? null
            : AwsIdentities.of(config.region(), config.assumeRoleArn(), clock));
  }

  /**
   * @param identity null: the backend's credential, a Bedrock API key, says who we are
   */
  BedrockProvider(
      Backend backend, ProviderConfig.Bedrock config, Clock clock, @Nullable AwsIdentity identity) {
    this.backend = backend;
    URI url = url(config, "bedrock-runtime");
    this.endpoint = Endpoint.of(url, config.caCertificates());
    this.basePath = basePath(url);
    this.protocol =
        new ConverseProtocol(backend, config, identity == null ? () -> {} : identity::expired);
    this.signer = new RequestSigner(config.region(), clock);
    this.identity = identity;
    this.clock = clock;
  }

  private static URI url(ProviderConfig.Bedrock config, String service) {
    if (config.endpoint() != null) {
      return config.endpoint();
    }
    String suffix = PartitionMetadata.of(Region.of(config.region())).dnsSuffix();
    return URI.create("https://" + service + "." + config.region() + "." + suffix);
  }

  private static String basePath(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }

  @Override
  public @Nullable CompletionStage<?> pending() {
    return identity == null ? null : identity.pending();
  }

  @Override
  public ProviderCall call(ApiRequest request) {
    return ChatTranslation.of(request, protocol, this::send, endpoint, backend, clock);
  }

  private ByteBuf send(UpstreamRequest request, ByteBufAllocator allocator) {
    try {
      prove(request);
    } catch (RuntimeException e) {
      request.body().release();
      throw e;
    }
    return request.encode(endpoint, basePath, allocator);
  }

  private void prove(UpstreamRequest request) {
    if (identity == null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + backend.credential());
      return;
    }
    AwsCredentialsIdentity credentials = identity.current();
    if (credentials == null) {
      throw new RefusedException(UpstreamErrors.credential(backend.name()));
    }
    signer.sign(request, endpoint, basePath, credentials);
  }
}
