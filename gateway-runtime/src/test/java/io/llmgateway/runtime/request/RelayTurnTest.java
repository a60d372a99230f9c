package io.llmgateway.runtime.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.auth.Authentication;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.ModelNames;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.testing.TestGateway;
import io.llmgateway.runtime.upstream.Connector;
import io.llmgateway.runtime.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Whatever read of the upstream completes an event, the client has it before that turn of the event
 * loop is over: no event waits for another, nor for a timer.
 */
class RelayTurnTest {
  private static final URI BASE = URI.create("http://127.0.0.1:9/v1");

  /**
   * @param first what comes before the first token
   * @param event of a token
   */
  record Api(
      String name,
      ProviderConfig provider,
      String contentType,
      byte[] first,
      Function<String, byte[]> event) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Api> apis() {
    return Stream.of(
        new Api(
            "OpenAI",
            new ProviderConfig.OpenAi("openai", BASE, null),
            "text/event-stream",
            new byte[0],
            text ->
                sse(
                    "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{\"content\":\""
                        + text
                        + "\"}}]}")),
        new Api(
            "Anthropic",
            new ProviderConfig.Anthropic(BASE, null),
            "text/event-stream",
            joined(
                sse(
                    "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"c\","
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}"),
                sse(
                    "{\"type\":\"content_block_start\",\"index\":0,"
                        + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")),
            text ->
                sse(
                    "{\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\""
                        + text
                        + "\"}}")),
        new Api(
            "Bedrock",
            new ProviderConfig.Bedrock("us-east-1", BASE, null, null, null, null, null, null),
            "application/vnd.amazon.eventstream",
            frame("messageStart", "{\"role\":\"assistant\"}"),
            text ->
                frame(
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"}}")),
        new Api(
            "Gemini",
            new ProviderConfig.Gemini(BASE, null),
            "text/event-stream",
            new byte[0],
            text ->
                sse(
                    "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""
                        + text
                        + "\"}],\"role\":\"model\"},\"index\":0}]}")));
  }

  @ParameterizedTest
  @MethodSource("apis")
  void anEventLeavesInTheTurnInWhichItIsComplete(Api api) {
    try (Connector connector = new Connector()) {
      EmbeddedChannel client = client(api, connector);
      client.writeInbound(request());
      Channel upstream = UpstreamSide.last();
      assertThat(((EmbeddedChannel) upstream).outboundMessages()).isNotEmpty();
      read(
          upstream,
          ("HTTP/1.1 200 OK\r\ncontent-type: "
                  + api.contentType()
                  + "\r\ntransfer-encoding: chunked\r\n\r\n")
              .getBytes(UTF_8));
      read(upstream, chunk(api.first()));
      sent(client);
      for (int i = 0; i < 20; i++) {
        String token = "token" + i + ".";
        byte[] event = chunk(api.event().apply(token));
        int cut = i * event.length / 20;
        read(upstream, Arrays.copyOf(event, cut));
        assertThat(sent(client)).doesNotContain(token);

        read(upstream, Arrays.copyOfRange(event, cut, event.length));

        assertThat(sent(client)).contains(token);
      }
      client.close();
      ((EmbeddedChannel) upstream).finishAndReleaseAll();
      client.finishAndReleaseAll();
    }
  }

  /** One turn: what was read, and that there is no more. No task of the loop runs. */
  private static void read(Channel upstream, byte[] bytes) {
    upstream.pipeline().fireChannelRead(Unpooled.wrappedBuffer(bytes)).fireChannelReadComplete();
  }

  /** What was written and flushed to the client since it was last asked. */
  private static String sent(EmbeddedChannel client) {
    StringBuilder text = new StringBuilder();
    Object message;
    while ((message = client.outboundMessages().poll()) != null) {
      ByteBuf bytes = (ByteBuf) message;
      text.append(bytes.toString(UTF_8));
      bytes.release();
    }
    return text.toString();
  }

  private static EmbeddedChannel client(Api api, Connector connector) {
    Snapshot snapshot =
        new TestGateway.Builder()
            .route("m", new Backend("primary", 1, api.provider(), "model", "credential"))
            .snapshot();
    Key key = new Key("k", "ns/key", null, null, ModelNames.of(List.of()), null, false);
    GatewayState state =
        new GatewayState(
            () -> snapshot,
            (s, headers) -> new Authentication.Accepted(key),
            new RequestObserver() {
              @Override
              public void requestStarted() {}

              @Override
              public void requestEnded(RequestRecord request) {}
            },
            Clock.systemUTC());
    return new EmbeddedChannel(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            UpstreamPool pool =
                new UpstreamPool(channel.eventLoop(), UpstreamSide.class, connector);
            Worker worker = new Worker(state, pool, new Random(1));
            channel.pipeline().addLast(new HttpRequestDecoder(), worker.accept());
          }
        });
  }

  private static ByteBuf request() {
    String body =
        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    return Unpooled.copiedBuffer(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            + "content-length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        UTF_8);
  }

  private static byte[] chunk(byte[] data) {
    if (data.length == 0) {
      return data;
    }
    return joined(
        (Integer.toHexString(data.length) + "\r\n").getBytes(UTF_8), data, "\r\n".getBytes(UTF_8));
  }

  private static byte[] sse(String data) {
    return ("data: " + data + "\n\n").getBytes(UTF_8);
  }

  private static byte[] frame(String type, String json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Message(
            Map.of(
                ":event-type", HeaderValue.fromString(type),
                ":message-type", HeaderValue.fromString("event")),
            json.getBytes(UTF_8))
        .encode(out);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** What the pool makes a connection of; on the client's loop, as in the gateway. */
  public static final class UpstreamSide extends EmbeddedChannel {
    private static final ThreadLocal<UpstreamSide> LAST = new ThreadLocal<>();

    public UpstreamSide() {
      super(DefaultChannelId.newInstance(), false, false);
      LAST.set(this);
    }

    static UpstreamSide last() {
      return LAST.get();
    }
  }
}
