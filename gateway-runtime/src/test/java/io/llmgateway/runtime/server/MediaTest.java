package io.llmgateway.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is no conversation: sound, pictures and rankings. */
class MediaTest {
  private static final String FORM =
      "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n%s\r\n"
          + "--b1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--b1--\r\n";

  private static RawClient.Reply transcribe(RawClient client, String form) {
    return client
        .send(
            "POST /v1/audio/transcriptions HTTP/1.1\r\nhost: gw\r\nauthorization: Bearer good\r\n"
                + "content-type: multipart/form-data; boundary=b1\r\ncontent-length: "
                + form.length()
                + "\r\n\r\n"
                + form)
        .reply();
  }

  private static TestGateway gateway(StubUpstream upstream, String system, @Nullable String model) {
    return new TestGateway.Builder()
        .route(
            "m",
            new Backend(
                "primary",
                1,
                new ProviderConfig.OpenAi(system, upstream.baseUrl(), null),
                model,
                TestGateway.CREDENTIAL))
        .start();
  }

  @Test
  void aRecordingOfAnySizeGoesUpstreamWithNothingButTheModelChanged() {
    String sound =
        "RIFF"
            + new Random(1)
                .ints(40_000, 32, 126)
                .mapToObj(Character::toString)
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append);
    try (StubUpstream upstream =
            StubUpstream.answering(
                StubUpstream.json(
                    "{\"text\":\"hello\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
                        + "\"output_tokens\":2,\"total_tokens\":16}}"));
        TestGateway gateway = gateway(upstream, "openai", "whisper-large");
        RawClient client = gateway.client()) {
      RawClient.Reply reply = transcribe(client, FORM.formatted(sound, "m"));

      assertThat(reply.status()).isEqualTo(200);
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.head())
          .startsWith("POST /v1/audio/transcriptions HTTP/1.1\r\n")
          .contains("content-type: multipart/form-data; boundary=b1\r\n");
      assertThat(seen.text()).isEqualTo(FORM.formatted(sound, "whisper-large"));
      RequestRecord record = gateway.record();
      assertThat(record.operation()).isEqualTo("transcription");
      assertThat(record.usage()).isEqualTo(new Usage(14, 2, 0, 0));
    }
  }

  @Test
  void aTranscriptMayBeTextOrEvents() {
    String events =
        "data: {\"type\":\"transcript.text.delta\",\"delta\":\"hi\"}\n\n"
            + "data: {\"type\":\"transcript.text.done\",\"text\":\"hi\",\"usage\":"
            + "{\"input_tokens\":3,\"output_tokens\":1}}\n\n";
    for (String[] reply :
        new String[][] {{"text/plain", "WEBVTT\n\nhi"}, {"text/event-stream", events}}) {
      try (StubUpstream upstream =
              StubUpstream.answering(
                  StubUpstream.reply("200 OK", "content-type: " + reply[0] + "\r\n", reply[1]));
          TestGateway gateway = gateway(upstream, "openai", null);
          RawClient client = gateway.client()) {
        RawClient.Reply got = transcribe(client, FORM.formatted("x", "m"));

        assertThat(got.text()).isEqualTo(reply[1]);
        assertThat(got.header("content-type")).isEqualTo(reply[0]);
        Usage usage = gateway.record().usage();
        assertThat(usage).isEqualTo(reply[0].equals("text/plain") ? null : new Usage(3, 1, 0, 0));
      }
    }
  }

  @Test
  void speechIsBytesAsTheyCome() {
    byte[] sound = new byte[100_000];
    new Random(2).nextBytes(sound);
    byte[] head =
        ("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 100000\r\n\r\n")
            .getBytes(UTF_8);
    byte[] reply = new byte[head.length + sound.length];
    System.arraycopy(head, 0, reply, 0, head.length);
    System.arraycopy(sound, 0, reply, head.length, sound.length);
    try (StubUpstream upstream = StubUpstream.answering(reply);
        TestGateway gateway = gateway(upstream, "openai", "tts-1");
        RawClient client = gateway.client()) {
      RawClient.Reply got =
          client.post("/v1/audio/speech", "{\"model\":\"m\",\"input\":\"hi\"}").reply();

      assertThat(got.header("content-type")).isEqualTo("audio/mpeg");
      assertThat(got.body()).isEqualTo(sound);
      assertThat(upstream.requests.remove().text())
          .isEqualTo("{\"model\":\"tts-1\",\"input\":\"hi\"}");
      gateway.record();
    }
  }

  @Test
  void rankingsAndPicturesPassToServersThatHaveThem() {
    for (String path : new String[] {"/v1/rerank", "/v1/images/generations"}) {
      try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{\"data\":[]}"));
          TestGateway gateway = gateway(upstream, "vllm", null);
          RawClient client = gateway.client()) {
        assertThat(client.post(path, "{\"model\":\"m\"}").reply().text())
            .isEqualTo("{\"data\":[]}");
        assertThat(upstream.requests.remove().head()).startsWith("POST " + path + " HTTP/1.1");
        gateway.record();
      }
    }
  }

  @Test
  void whatABackendDoesNotServeIsSaid() {
    try (TestGateway gateway = new TestGateway.Builder().echo("m").start();
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/rerank", "{\"model\":\"m\"}").reply();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("\"code\":\"unsupported_operation\"", "rerank");
      gateway.record();
    }
  }

  @Test
  void aFormThatIsNoneGetsAnErrorBeforeAnybodyIsCalled() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{}"));
        TestGateway gateway = gateway(upstream, "openai", null);
        RawClient client = gateway.client()) {
      assertThat(transcribe(client, "nothing").text()).contains("\"code\":\"invalid_multipart\"");
      gateway.record();
      RawClient.Reply json = client.post("/v1/audio/transcriptions", "{\"model\":\"m\"}").reply();
      assertThat(json.status()).isEqualTo(415);
      gateway.record();
      assertThat(upstream.requests).isEmpty();
    }
  }
}
