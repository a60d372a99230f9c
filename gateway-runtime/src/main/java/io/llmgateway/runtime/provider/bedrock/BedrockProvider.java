package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.CountTranslation;
import io.llmgateway.runtime.provider.EmbeddingsTranslation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.provider.token.Refreshed;
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
  private final Endpoint agentEndpoint;
  private final String modelArnPrefix;
  private final ConverseProtocol protocol;
  private final BedrockEmbeddings embeddings;
  private final RequestSigner signer;
  private final @Nullable Refreshed<AwsCredentialsIdentity> identity;
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
      Backend backend,
      ProviderConfig.Bedrock config,
      Clock clock,
      @Nullable Refreshed<AwsCredentialsIdentity> identity) {
    this.backend = backend;
    URI url = url(config, "bedrock-runtime");
    this.endpoint = Endpoint.of(url, config.caCertificates());
    this.basePath = basePath(url);
    this.protocol =
        new ConverseProtocol(backend, config, identity == null ? () -> {} : identity::refused);
    this.embeddings = new BedrockEmbeddings(protocol);
    this.agentEndpoint = Endpoint.of(url(config, "bedrock-agent-runtime"), config.caCertificates());
    this.modelArnPrefix =
        "arn:" + partition(config).id() + ":bedrock:" + config.region() + "::foundation-model/";
    this.signer = new RequestSigner(config.region(), clock);
    this.identity = identity;
    this.clock = clock;
  }

  private static URI url(ProviderConfig.Bedrock config, String service) {
    if (config.endpoint() != null) {
      return config.endpoint();
    }
    String suffix = partition(config).dnsSuffix();
    return URI.create("https://" + service + "." + config.region() + "." + suffix);
  }

  private static PartitionMetadata partition(ProviderConfig.Bedrock config) {
    return PartitionMetadata.of(Region.of(config.region()));
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
    ChatTranslation.Sender toRuntime = (upstream, allocator) -> send(endpoint, upstream, allocator);
    return switch (request.operation()) {
      case EMBEDDINGS ->
          new EmbeddingsTranslation(request, embeddings, toRuntime, endpoint, backend);
      case COUNT_TOKENS -> new CountTranslation(request, protocol, toRuntime, endpoint, backend);
      case RERANK ->
          new RerankCall(
              request,
              backend,
              protocol,
              agentEndpoint,
              (upstream, allocator) -> send(agentEndpoint, upstream, allocator),
              modelArnPrefix);
      default -> ChatTranslation.of(request, protocol, toRuntime, endpoint, backend, clock);
    };
  }

  private ByteBuf send(Endpoint to, UpstreamRequest request, ByteBufAllocator allocator) {
    try {
      prove(to, request);
    } catch (RuntimeException e) {
      request.body().release();
      throw e;
    }
    return request.encode(to, basePath, allocator);
  }

  private void prove(Endpoint to, UpstreamRequest request) {
    if (identity == null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + backend.credential());
      return;
    }
    AwsCredentialsIdentity credentials = identity.value();
    if (credentials == null) {
      throw new RefusedException(UpstreamErrors.credential(backend.name()));
    }
    signer.sign(request, to, basePath, credentials);
  }
}
