package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A conversation in one API's words, carried on in another's. */
public final class ChatTranslation implements ProviderCall {
  private final ApiRequest request;
  private final ChatFace face;
  private final ChatProtocol protocol;
  private final Sender sender;
  private final Endpoint endpoint;
  private final Backend backend;
  private final Clock clock;
  private @Nullable ChatRequest chat;

  /** Puts the provider's address and credential on a request. */
  @FunctionalInterface
  public interface Sender {
    /**
     * @param request owned by the sender
     * @return the HTTP/1.1 request as it goes over the wire
     */
    ByteBuf send(UpstreamRequest request, ByteBufAllocator allocator);
  }

  private ChatTranslation(
      ApiRequest request,
      ChatFace face,
      ChatProtocol protocol,
      Sender sender,
      Endpoint endpoint,
      Backend backend,
      Clock clock) {
    this.request = request;
    this.face = face;
    this.protocol = protocol;
    this.sender = sender;
    this.endpoint = endpoint;
    this.backend = backend;
    this.clock = clock;
  }

  /**
   * @throws RefusedException when the client called something that is no conversation
   */
  public static ProviderCall of(
      ApiRequest request,
      ChatProtocol protocol,
      Sender sender,
      Endpoint endpoint,
      Backend backend,
      Clock clock) {
    ChatFace face = ChatFaces.of(request.operation());
    if (face == null) {
      throw new RefusedException(
          Errors.notServed(request.operation().genAiName(), request.inspected().model()));
    }
    return new ChatTranslation(request, face, protocol, sender, endpoint, backend, clock);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    ChatRequest read = face.read(request.body());
    chat = read.withoutConversation();
    String model = backend.model() == null ? read.model() : backend.model();
    Unsupported unsupported = new Unsupported(backend.name(), backend.dropUnsupported());
    UpstreamRequest upstream = protocol.encode(read, model, unsupported, allocator);
    request.introduce(upstream.headers());
    return sender.send(upstream, allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    ChatRequest asked = chat;
    if (asked == null) {
      throw new IllegalStateException("a reply before its request");
    }
    ChatFace.Reply reply =
        new ChatFace.Reply(
            request.id(), request.inspected().model(), clock.instant().getEpochSecond());
    return new TranslatedReply(
        protocol.reader(asked, head, allocator),
        face.writer(asked, reply),
        asked.stream(),
        allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    return new Failure(protocol.failure(status, head, body), false);
  }
}
