package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** What is told of a reply whose bytes come in these packets. */
final class Replies {
  static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
  static final ChatRequest REQUEST = Converse.read("{\"model\":\"m\"," + HI + "}");

  private Replies() {}

  static List<ChatEvent> stream(String model, ChatRequest request, byte[]... packets) {
    return read(model, request, "application/vnd.amazon.eventstream", packets);
  }

  static List<ChatEvent> whole(String model, ChatRequest request, byte[]... packets) {
    return read(model, request, "application/json", packets);
  }

  private static List<ChatEvent> read(
      String model, ChatRequest request, String contentType, byte[]... packets) {
    HttpHeaders head = new DefaultHttpHeaders().set("content-type", contentType);
    ChatProtocol.Reader reader =
        Converse.with(model)
            .protocol()
            .reader(request.withoutConversation(), head, UnpooledByteBufAllocator.DEFAULT);
    List<ChatEvent> events = new ArrayList<>();
    try {
      for (int i = 0; i < packets.length; i++) {
        // Not on the heap, as packets are.
        ByteBuf packet = Unpooled.directBuffer().writeBytes(packets[i]);
        reader.read(packet, i == packets.length - 1, events::add);
        if (packet.isReadable()) {
          throw new AssertionError("a packet was not read to its end");
        }
        packet.release();
      }
    } finally {
      reader.release();
    }
    return events;
  }
}
