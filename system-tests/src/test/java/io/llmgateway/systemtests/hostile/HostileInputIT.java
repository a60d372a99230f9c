package io.llmgateway.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes from the internet: every request gets an answer, and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
  private static final String KEY = "sk-hostile-0123456789abcdefghijklmnopqrs";
  private static final int REQUESTS = 5_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final long seed = new Random().nextLong();
  private GatewayProcess gateway;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    gateway =
        GatewayProcess.start(new ConfigDirectoryFixture().key(KEY).echo("echo").writeTo(directory));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void everyBodyGetsTheRightStatusAndAnErrorInTheShapeOfTheApi() throws Exception {
    Mutations mutations = new Mutations(new Random(seed), KEY);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      byte[] body = mutations.body();
      RawHttp.Answer answer = RawHttp.exchange(gateway.port(), mutations.request(body));

      String what = "seed %d, request %d: %s".formatted(seed, i, utf8(body));
      statuses.merge(answer.status(), 1, Integer::sum);
      if (isValid(body)) {
        assertThat(answer.status()).as(what).isIn(200, 400, 404);
      } else {
        assertThat(answer.status()).as(what).isEqualTo(400);
      }
      if (answer.status() != 200) {
        assertErrorShape(what, answer);
      }
    }
    assertThat(statuses).as("both were tried").containsKeys(200, 400);
    assertNothingIsLeft();
  }

  @Test
  void everySetOfHeadersGetsAnAnswerThatIsNotOurFault() throws Exception {
    Mutations mutations = new Mutations(new Random(seed), KEY);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] request = mutations.requestWithBadHeaders(mutations.body());
      RawHttp.Answer answer = RawHttp.exchange(gateway.port(), request);

      String what =
          "seed %d, request %d: %s"
              .formatted(seed, i, new String(request, StandardCharsets.ISO_8859_1));
      // A request that never ends, since its length lies, is the only one without an answer.
      assertThat(answer.status())
          .as(what)
          .isIn(0, 200, 400, 401, 404, 405, 413, 414, 415, 417, 431);
      if (answer.status() >= 400) {
        assertErrorShape(what, answer);
      }
    }
    assertNothingIsLeft();
  }

  private static boolean isValid(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(body));
      JsonNode tree = JSON.readTree(body);
      return tree != null && tree.isObject();
    } catch (JacksonException | CharacterCodingException e) {
      return false;
    }
  }

  private static void assertErrorShape(String what, RawHttp.Answer answer) {
    assertThat(answer.head()).as(what).contains("content-type: application/json");
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("message").asString("")).as(what).isNotBlank().doesNotContain(KEY);
    assertThat(error.path("type").asString("")).as(what).isNotBlank();
    assertThat(error.path("code").asString("")).as(what).isNotBlank();
  }

  private void assertNothingIsLeft() throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(gateway.management("/metrics").body())
                    .containsPattern("(?m)^llmgateway_requests_in_flight 0(\\.0)?$"));
    assertThat(gateway.log()).doesNotContain("Exception").doesNotContain(KEY);
  }

  @Test
  void aBodyOf60MebibytesIsRefusedWithoutBeingRead() throws Exception {
    byte[] body = new byte[60 << 20];
    RawHttp.Answer answer =
        RawHttp.exchange(gateway.port(), new Mutations(new Random(seed), KEY).request(body));

    assertThat(answer.status()).isEqualTo(413);
    assertErrorShape("60 MiB", answer);
    assertThat(answer.body()).contains("52428800");
  }

  @Test
  void aFloodOfHeadersIsRefused() throws IOException {
    String head =
        "GET /v1/models HTTP/1.1\r\nHost: gateway\r\n" + "X-Flood: aaaaaaaa\r\n".repeat(50_000);
    RawHttp.Answer answer =
        RawHttp.exchange(gateway.port(), (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer.status()).isEqualTo(431);
    assertErrorShape("header flood", answer);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
