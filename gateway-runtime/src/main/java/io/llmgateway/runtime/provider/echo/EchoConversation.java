package io.llmgateway.runtime.provider.echo;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.LocalProvider.Answer;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** Echoes in any face's words. */
final class EchoConversation {
  private EchoConversation() {}

  static Answer answer(
      ApiRequest request, ChatFace face, long createdSeconds, ByteBufAllocator allocator) {
    ChatRequest chat;
    try {
      chat = face.read(request.body());
    } catch (RefusedException e) {
      return new Answer.Refusal(e.error());
    }
    String text = EchoInput.echo(lastWords(chat));
    int words = chat.messages().stream().mapToInt(m -> EchoInput.words(text(m))).sum();
    Usage usage = new Usage(words, EchoInput.words(text), 0, 0);
    ChatFace.Writer writer =
        face.writer(
            chat, new ChatFace.Reply(request.id(), request.inspected().model(), createdSeconds));
    Events events = new Events(events(text, usage), writer, allocator);
    Iterator<ByteBuf> parts = chat.stream() ? events : List.of(events.all()).iterator();
    return new Answer.Parts(writer.contentType(), parts, usage);
  }

  private static String lastWords(ChatRequest chat) {
    String text = "";
    for (Message message : chat.messages()) {
      if (message.role() == Message.Role.USER) {
        text = text(message);
      }
    }
    return text;
  }

  private static String text(Message message) {
    return message.parts().stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining());
  }

  private static List<ChatEvent> events(String text, Usage usage) {
    List<ChatEvent> events = new ArrayList<>();
    events.add(new ChatEvent.Started(null, null));
    for (String word : text.split("(?<=\\S)(?= )")) {
      events.add(new ChatEvent.Text(0, word));
    }
    events.add(new ChatEvent.Used(usage));
    events.add(new ChatEvent.Finished(0, FinishReason.STOP, null));
    return events;
  }

  /** Each is written when the client can take it; the end goes with the last. */
  private static final class Events implements Iterator<ByteBuf> {
    private final Iterator<ChatEvent> events;
    private final ChatFace.Writer writer;
    private final ByteBufAllocator allocator;

    Events(List<ChatEvent> events, ChatFace.Writer writer, ByteBufAllocator allocator) {
      this.events = events.iterator();
      this.writer = writer;
      this.allocator = allocator;
    }

    @Override
    public boolean hasNext() {
      return events.hasNext();
    }

    @Override
    public ByteBuf next() {
      ByteBuf out = allocator.buffer(256);
      write(out);
      return out;
    }

    private void write(ByteBuf out) {
      writer.write(events.next(), out);
      if (!events.hasNext()) {
        writer.end(out);
      }
    }

    ByteBuf all() {
      ByteBuf out = allocator.buffer(256);
      while (events.hasNext()) {
        write(out);
      }
      return out;
    }
  }
}
