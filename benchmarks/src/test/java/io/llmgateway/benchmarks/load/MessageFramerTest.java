package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFramerTest {
  private static final String WIRE =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
          + "HTTP/1.1 204 No Content\r\n\r\n"
          + "HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 10_000})
  void messagesAreTheSameHoweverTheirBytesAreCut(int piece) {
    Recorder recorder = new Recorder();
    EmbeddedChannel channel = new EmbeddedChannel(new MessageFramer(recorder));

    for (int i = 0; i < WIRE.length(); i += piece) {
      String part = WIRE.substring(i, Math.min(WIRE.length(), i + piece));
      channel.writeInbound(Unpooled.copiedBuffer(part, US_ASCII));
    }
    channel.close();

    assertThat(recorder.messages)
        .containsExactly("200 hello", "204 ", "500 abc0123456789", "200 !", "closed");
  }

  private static final class Recorder implements MessageFramer.Messages {
    private final List<String> messages = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();

    @Override
    public void head(byte[] bytes, int length) {
      current.append(StatusLine.status(bytes)).append(' ');
    }

    @Override
    public void body(ByteBuf part) {
      current.append(part.toString(US_ASCII));
    }

    @Override
    public void end(ChannelHandlerContext ctx) {
      messages.add(current.toString());
      current.setLength(0);
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      messages.add("closed");
    }
  }
}
