package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.Leaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anthropic's bytes, as its own clients get them, however the packets fall. */
class PassedStreamTest {
  private static final Backend BACKEND =
      new Backend(
          "claude",
          1,
          new ProviderConfig.Anthropic(URI.create("https://api.anthropic.com"), null),
          null,
          "sk-ant-secret");

  @AfterEach
  void nothingLeaks() {
    Leaks.check();
  }

  @Test
  void allOfAStreamPassesAndItsUsageIsRead() {
    for (int seed = 0; seed < 300; seed++) {
      Passed passed = pass(Replies.STREAM, seed);
      assertThat(passed.text).as("seed %s", seed).isEqualTo(Replies.STREAM);
      assertThat(passed.stream.usage()).isEqualTo(new Usage(22, 20, 5, 4, 3, 6));
      assertThat(passed.stream.problem()).isNull();
      assertThat(passed.stream.relayedError()).isNull();
    }
  }

  @Test
  void anErrorEventPassesOnceEventsFlow() {
    String stream = Replies.begun() + Replies.OVERLOADED;
    for (int seed = 0; seed < 100; seed++) {
      Passed passed = pass(stream, seed);
      assertThat(passed.text).isEqualTo(stream);
      assertThat(passed.stream.relayedError()).isEqualTo("upstream_error");
      assertThat(passed.stream.problem()).isNull();
    }
  }

  @Test
  void anErrorThatComesFirstIsTheReplysStatus() {
    for (int seed = 0; seed < 100; seed++) {
      Passed passed = pass(Replies.OVERLOADED, seed);
      assertThat(passed.text).isEmpty();
      assertThat(passed.stream.problem()).isNotNull();
      assertThat(passed.stream.problem().status()).isEqualTo(529);
    }
  }

  @Test
  void anErrorThatTellsOfTheCredentialStaysHere() {
    String stream =
        Replies.begun()
            + "event: error\ndata: "
            + Replies.error("api_error", "for sk-ant-secret")
            + "\n\n";
    for (int seed = 0; seed < 100; seed++) {
      Passed passed = pass(stream, seed);
      assertThat(passed.text).doesNotContain("sk-ant-secret");
      assertThat(passed.stream.problem()).isNotNull();
      assertThat(passed.stream.problem().message()).isEqualTo("for ***");
    }
  }

  @Test
  void ofACutStreamNoHalfLinePasses() {
    byte[] stream = Replies.STREAM.getBytes(UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      String cut = new String(Arrays.copyOf(stream, random.nextInt(stream.length - 60)), UTF_8);
      Passed passed = pass(cut, i);
      assertThat(passed.stream.problem()).isNotNull();
      assertThat(Replies.STREAM).startsWith(passed.text);
    }
  }

  private record Passed(String text, PassedStream stream) {}

  private static Passed pass(String stream, int seed) {
    byte[] bytes = stream.getBytes(UTF_8);
    Random random = new Random(seed);
    PassedStream decoder =
        new PassedStream(BACKEND, "text/event-stream", PooledByteBufAllocator.DEFAULT);
    ByteBuf all = PooledByteBufAllocator.DEFAULT.buffer();
    int at = 0;
    do {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(1 + random.nextInt(400)));
      ByteBuf packet = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(bytes, at, end - at);
      at = end;
      ByteBuf given = decoder.decode(packet, at == bytes.length);
      all.writeBytes(given);
      given.release();
    } while (at < bytes.length);
    decoder.release();
    String text = all.toString(UTF_8);
    all.release();
    return new Passed(text, decoder);
  }
}
