package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What tests of faces and protocols share. */
public final class Conversations {
  private Conversations() {}

  /** The request that a face reads. */
  public static ChatRequest read(ChatFace face, String json) {
    ByteBuf body = Unpooled.copiedBuffer(json, UTF_8);
    try {
      return face.read(body);
    } finally {
      body.release();
    }
  }

  /** What a face writes for the events, its end included. */
  public static String written(ChatFace.Writer writer, List<ChatEvent> events) {
    ByteBuf out = Unpooled.buffer();
    events.forEach(event -> writer.write(event, out));
    writer.end(out);
    return out.toString(UTF_8);
  }

  /** The body that a protocol sends. */
  public static String encoded(
      ChatProtocol protocol, ChatRequest request, Unsupported unsupported) {
    ByteBuf body =
        protocol.encode(request, request.model(), unsupported, ByteBufAllocator.DEFAULT).body();
    try {
      return body.toString(UTF_8);
    } finally {
      body.release();
    }
  }

  /**
   * The events of a reply that comes in packets; neighbouring pieces of one part are joined, as
   * where a part is cut is nobody's business.
   */
  public static List<ChatEvent> events(
      ChatProtocol.Reader reader, byte[] reply, int longest, Random random) {
    List<ChatEvent> events = new ArrayList<>();
    for (byte[] packet : Packets.of(reply, longest, random)) {
      reader.read(Unpooled.wrappedBuffer(packet), false, events::add);
    }
    reader.read(Unpooled.EMPTY_BUFFER, true, events::add);
    reader.release();
    return joined(events);
  }

  private static List<ChatEvent> joined(List<ChatEvent> events) {
    List<ChatEvent> joined = new ArrayList<>();
    for (ChatEvent event : events) {
      ChatEvent last = joined.isEmpty() ? null : joined.getLast();
      if (last instanceof ChatEvent.Text a
          && event instanceof ChatEvent.Text b
          && a.choice() == b.choice()) {
        joined.set(joined.size() - 1, new ChatEvent.Text(a.choice(), a.text() + b.text()));
      } else if (last instanceof ChatEvent.ToolArguments a
          && event instanceof ChatEvent.ToolArguments b
          && a.choice() == b.choice()
          && a.call() == b.call()) {
        joined.set(
            joined.size() - 1,
            new ChatEvent.ToolArguments(a.choice(), a.call(), a.fragment() + b.fragment()));
      } else {
        joined.add(event);
      }
    }
    return joined;
  }
}
