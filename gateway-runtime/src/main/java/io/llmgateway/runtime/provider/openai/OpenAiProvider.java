package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** See the package. */
public final class OpenAiProvider implements RemoteProvider {
  private final Backend backend;
  private final Dialect dialect;
  private final OpenAiUpstream upstream;
  private final RequestHeads heads;
  private final byte @Nullable [] model;
  private final ChatProtocol protocol;
  private final Clock clock;

  public OpenAiProvider(Backend backend, ProviderConfig.OpenAi config, Clock clock) {
    this(
        backend,
        Dialect.of(config.system()),
        new BaseUrl(config, Dialect.of(config.system()), backend.credential()),
        clock);
  }

  /** For a server of the API that is addressed in another way. */
  public OpenAiProvider(Backend backend, Dialect dialect, OpenAiUpstream upstream, Clock clock) {
    this.backend = backend;
    this.dialect = dialect;
    this.upstream = upstream;
    this.heads = new RequestHeads(upstream, backend.model());
    this.model = backend.model() == null ? null : quoted(backend.model());
    this.protocol = new OpenAiProtocol(backend, dialect, upstream::refused);
    this.clock = clock;
  }

  @Override
  public ProviderCall call(ApiRequest request) {
    boolean passes =
        switch (request.operation()) {
          case CHAT, COMPLETIONS, EMBEDDINGS, TRANSCRIPTIONS, SPEECH, IMAGES -> true;
          case RERANK -> !dialect.openAi();
          case RESPONSES -> upstream.servesResponses();
          case MESSAGES, COUNT_TOKENS -> false;
        };
    return passes
        ? new OpenAiPassThrough(request, backend, upstream, heads, model)
        : ChatTranslation.of(
            request,
            protocol,
            (translated, allocator) -> send(request, translated, allocator),
            upstream.endpoint(),
            backend,
            clock);
  }

  @Override
  public @Nullable CompletionStage<?> pending() {
    return upstream.pending();
  }

  private ByteBuf send(ApiRequest asked, UpstreamRequest request, ByteBufAllocator allocator) {
    OpenAiUpstream.Credential credential = upstream.credential();
    if (credential != null) {
      request.headers().set(credential.name(), credential.value());
    }
    String name = backend.model() == null ? asked.inspected().model() : backend.model();
    return new UpstreamRequest(
            request.method(),
            upstream.target(request.path(), name),
            request.headers(),
            request.body())
        .encode(upstream.endpoint(), "", allocator);
  }

  private static byte[] quoted(String name) {
    byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    byte[] quoted = new byte[inner.length + 2];
    quoted[0] = '"';
    System.arraycopy(inner, 0, quoted, 1, inner.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }
}
