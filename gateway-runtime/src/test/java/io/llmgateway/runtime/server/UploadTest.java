package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.testing.Forms;
import io.llmgateway.runtime.testing.Packets;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long forms, which go upstream while they come. */
class UploadTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] SOUND = new byte[1 << 20];

  static {
    new Random(7).nextBytes(SOUND);
  }

  private static TestGateway.Builder to(StubUpstream upstream, @Nullable String model) {
    return new TestGateway.Builder()
        .route("m", upstream.baseUrl(), model)
        .maxBodyBytes(Long.MAX_VALUE);
  }

  @Test
  void theFirstBytesAreUpstreamBeforeTheLastAreSent() throws Exception {
    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  heads.add(c.head());
                  c.body();
                  c.write(json("{\"text\":\"hi\"}"));
                  c.awaitClose();
                });
        TestGateway gateway = to(upstream, "whisper-large").start();
        RawClient client = gateway.client()) {
      byte[] body = Forms.of(Forms.field("model", "m"), SOUND, Forms.field("stream", "true"));
      client.send(Forms.head(body.length)).send(Arrays.copyOf(body, 500_000));
      String head = heads.poll(20, TimeUnit.SECONDS);

      assertThat(head).contains("\r\ncontent-length: " + (body.length + 12) + "\r\n");
      client.send(Arrays.copyOfRange(body, 500_000, body.length));
      assertThat(client.reply().text()).isEqualTo("{\"text\":\"hi\"}");
      RequestRecord record = gateway.record();
      assertThat(record.requestBytes()).isEqualTo(body.length);
      assertThat(record.streamed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "behind"})
  void howeverItIsCutItArrivesWithNothingButTheModelChanged(String where) {
    String model = Forms.field("model", "m");
    boolean before = where.equals("before");
    byte[] sound = Arrays.copyOf(SOUND, 250_000);
    byte[] sent = Forms.of(before ? model : "", sound, before ? "" : model);
    String renamed = Forms.field("model", "whisper-large");
    byte[] wanted = Forms.of(before ? renamed : "", sound, before ? "" : renamed);
    Random random = new Random(11);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  while (c.request() != null) {
                    c.write(json("{\"text\":\"hi\"}"));
                  }
                });
        TestGateway gateway = to(upstream, "whisper-large").start();
        RawClient client = gateway.client()) {
      for (int longest : new int[] {3, 100, 70_000, 1 << 20}) {
        client
            .send(Forms.head("transfer-encoding: chunked"))
            .send(Forms.chunked(sent, longest, random));
        assertThat(client.reply().text()).isEqualTo("{\"text\":\"hi\"}");
        client.send(Forms.head(sent.length));
        for (byte[] packet : Packets.of(sent, Math.max(longest, 1000), random)) {
          client.send(packet);
        }
        assertThat(client.reply().text()).isEqualTo("{\"text\":\"hi\"}");
        for (int i = 0; i < 2; i++) {
          gateway.record();
          StubUpstream.Request seen = upstream.requests.remove();
          assertThat(seen.body()).as(seen.head()).isEqualTo(wanted);
        }
      }
      assertThat(upstream.requests).isEmpty();
    }
  }

  @Test
  void aBodyLargerThanAnyBufferPassesInLittleMemory() throws Exception {
    long length = 600L << 20;
    PooledByteBufAllocatorMetric memory = PooledByteBufAllocator.DEFAULT.metric();
    AtomicLong sent = new AtomicLong();
    AtomicLong received = new AtomicLong();
    CountDownLatch read = new CountDownLatch(1);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  String head = String.valueOf(c.head());
                  read.await();
                  InputStream in = c.socket.getInputStream();
                  byte[] into = new byte[1 << 20];
                  long left =
                      Long.parseLong(head.replaceFirst("(?s).*content-length: (\\d+)\r.*", "$1"));
                  while (left > 0) {
                    int n = in.read(into, 0, (int) Math.min(left, into.length));
                    left -= n;
                    received.addAndGet(n);
                  }
                  c.write(json("{\"text\":\"hi\"}"));
                  c.awaitClose();
                });
        TestGateway gateway = to(upstream, null).start();
        RawClient client = gateway.client()) {
      String start = Forms.field("model", "m") + Forms.file();
      long whole = start.length() + length + Forms.END.length();
      long before = memory.usedDirectMemory() + memory.usedHeapMemory();
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    client.send(Forms.head(whole)).send(start);
                    for (long i = 0; i < length; i += SOUND.length) {
                      client.send(SOUND);
                      sent.addAndGet(SOUND.length);
                    }
                    client.send(Forms.END);
                  });
      long stands;
      do {
        stands = sent.get();
        TimeUnit.MILLISECONDS.sleep(700);
      } while (sent.get() != stands);
      // The upstream does not read: what was sent is in the sockets of the system.
      assertThat(stands).isLessThan(64 << 20);
      read.countDown();
      while (sender.isAlive()) {
        assertThat(memory.usedDirectMemory() + memory.usedHeapMemory() - before)
            .isLessThan(16 << 20);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(client.reply().text()).isEqualTo("{\"text\":\"hi\"}");
      assertThat(received).hasValue(whole);
      assertThat(gateway.record().requestBytes()).isEqualTo(whole);
    }
  }
}
