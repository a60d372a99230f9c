package io.llmgateway.runtime.provider.echo;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatFaces;
import io.llmgateway.runtime.provider.LocalProvider;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;

/**
 * Says what the user said last. A token is a word; equal requests get equal answers, but for their
 * {@code created}.
 */
public final class EchoProvider implements LocalProvider {
  private static final String JSON = "application/json";

  private final Clock clock;

  public EchoProvider(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Answer answer(ApiRequest request, ByteBufAllocator allocator) {
    long now = clock.instant().getEpochSecond();
    return switch (request.operation()) {
      case EMBEDDINGS -> embeddings(request, EchoInput.read(request.body()), allocator);
      case CHAT, COMPLETIONS -> completion(request, now, allocator);
      default -> {
        ChatFace face = ChatFaces.of(request.operation());
        yield face == null
            ? new Answer.Refusal(
                Errors.notServed(request.operation().genAiName(), request.inspected().model()))
            : EchoConversation.answer(request, face, now, allocator);
      }
    };
  }

  private static Answer completion(
      ApiRequest request, long createdSeconds, ByteBufAllocator allocator) {
    EchoInput input = EchoInput.read(request.body());
    String text = EchoInput.echo(input.text());
    Usage usage = new Usage(input.words(), EchoInput.words(text), 0, 0);
    EchoJson json = new EchoJson(request, createdSeconds, usage, allocator);
    if (!request.inspected().stream()) {
      return new Answer.Parts(JSON, one(json.whole(text)), usage);
    }
    return new Answer.Parts(
        "text/event-stream", new EchoEvents(json, text, input.includeUsage()), usage);
  }

  private static Answer embeddings(
      ApiRequest request, EchoInput input, ByteBufAllocator allocator) {
    if (input.inputs().isEmpty()) {
      return new Answer.Refusal(
          Errors.missing("input", "give a string, or an array of strings or tokens."));
    }
    Usage usage = new Usage(input.words(), 0, 0, 0);
    return new Answer.Parts(
        JSON, new EchoEmbeddings(request.inspected().model(), input, usage, allocator), usage);
  }

  private static Iterator<ByteBuf> one(ByteBuf all) {
    return List.of(all).iterator();
  }
}
