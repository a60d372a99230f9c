package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.result;
import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static io.llmgateway.runtime.provider.gemini.RequestCase.NEW;
import static io.llmgateway.runtime.provider.gemini.RequestCase.OLD;
import static io.llmgateway.runtime.provider.gemini.RequestCase.SCHEMA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the provider must receive, as Google's reference writes it. */
class GeminiRequestTest {
  private static final JsonMapper JSON = new JsonMapper();

  static Stream<RequestCase> cases() {
    return Stream.of(
            ConversationCases.conversations(),
            ConversationCases.media(),
            ToolCases.tools(),
            GenerationCases.generation(),
            GenerationCases.thinking(),
            GenerationCases.others())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProviderReceives(RequestCase c) {
    JsonNode sent = body(encode(new GoogleApi.Gemini(), c.model(), c.asked().build()));
    JsonNode expected = JSON.readTree(c.expected().replace('\'', '"'));
    for (var member : expected.properties()) {
      assertThat(sent.get(member.getKey())).as(member.getKey()).isEqualTo(member.getValue());
    }
    if (expected.has("contents") && !expected.has("systemInstruction")) {
      assertThat(sent.has("systemInstruction")).isFalse();
    }
  }

  record Place(GoogleApi api, String model, boolean stream, String path) {}

  static Stream<Place> places() {
    GoogleApi gemini = new GoogleApi.Gemini();
    GoogleApi vertex = new GoogleApi.Vertex("my-project", "europe-west4");
    String here = "/projects/my-project/locations/europe-west4/";
    return Stream.of(
        new Place(gemini, NEW, false, "/models/gemini-3.5-flash:generateContent"),
        new Place(gemini, NEW, true, "/models/gemini-3.5-flash:streamGenerateContent?alt=sse"),
        new Place(gemini, "tunedModels/m-1", false, "/tunedModels/m-1:generateContent"),
        new Place(gemini, "a b?#%", false, "/models/a%20b%3F%23%25:generateContent"),
        new Place(
            vertex, NEW, false, here + "publishers/google/models/gemini-3.5-flash:generateContent"),
        new Place(gemini, "../files", false, "/models/..%2Ffiles:generateContent"),
        new Place(
            vertex,
            "projects/other/locations/global/endpoints/42",
            false,
            here
                + "publishers/google/models/"
                + "projects%2Fother%2Flocations%2Fglobal%2Fendpoints%2F42:generateContent"),
        new Place(
            vertex,
            "publishers/../models/m",
            false,
            here + "publishers/google/models/publishers%2F..%2Fmodels%2Fm:generateContent"),
        new Place(
            vertex,
            "publishers/meta/models/llama",
            false,
            here + "publishers/meta/models/llama:generateContent"),
        new Place(vertex, "endpoints/42", false, here + "endpoints/42:generateContent"),
        new Place(
            new GoogleApi.Vertex("p", "global"),
            NEW,
            true,
            "/projects/p/locations/global/publishers/google/models/gemini-3.5-flash"
                + ":streamGenerateContent?alt=sse"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void atTheDocumentedPath(Place place) {
    Asked asked = place.stream() ? user("x").streamed() : user("x");
    UpstreamRequest sent = encode(place.api(), place.model(), asked.build());
    sent.body().release();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.path()).isEqualTo(place.path());
    assertThat(sent.headers().get("content-type")).isEqualTo("application/json");
  }

  @Test
  void countsTokensOfInstructionsAndToolsToo() {
    ChatRequest asked =
        new Asked()
            .message(Role.SYSTEM, new Part.Text("Be brief"))
            .message(Role.USER, new Part.Text("x"))
            .build();
    String prompt =
        """
        'systemInstruction': {'parts': [{'text': 'Be brief'}]},
        'contents': [{'role': 'user', 'parts': [{'text': 'x'}]}]}\
        """
            .replace('\'', '"');
    UpstreamRequest gemini = count(new GoogleApi.Gemini(), asked);
    assertThat(gemini.path()).isEqualTo("/models/gemini-2.5-flash:countTokens");
    assertThat(body(gemini))
        .isEqualTo(
            JSON.readTree(
                "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\","
                    + prompt
                    + "}"));
    assertThat(body(count(new GoogleApi.Vertex("p", "global"), asked)))
        .isEqualTo(JSON.readTree("{" + prompt));
  }

  /**
   * @param param that the error must name
   */
  record Refused(String param, Asked asked) {}

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused("messages[0].name", new Asked().named(Role.USER, "bob", new Part.Text("x"))),
        new Refused(
            "messages[0].content",
            new Asked()
                .message(
                    Role.USER,
                    new Part.Document(new Source.PlainText("p"), null, null, true, null))),
        new Refused(
            "messages[0].content",
            new Asked()
                .message(
                    Role.USER,
                    new Part.Image(new Source.Base64("image/png", ""), "low", null),
                    new Part.Image(new Source.Base64("image/png", ""), "high", null))),
        new Refused(
            "messages[0].content",
            new Asked()
                .message(
                    Role.SYSTEM, new Part.Image(new Source.Base64("image/png", ""), null, null))),
        new Refused("parallel_tool_calls", user("x").tool("weather", SCHEMA, null).parallel(false)),
        new Refused("logit_bias", user("x").sampling(biased())),
        new Refused("modalities", user("x").other("modalities", "[\"text\",\"audio\"]")),
        new Refused("verbosity", user("x").other("verbosity", "\"low\"")),
        new Refused(
            "web_search_options.user_location",
            user("x").other("web_search_options", "{\"user_location\":{}}")));
  }

  private static Sampling biased() {
    return new Sampling(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        RawJson.of("{\"50256\":-100}"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeCarriedIsRefusedOrDropped(Refused refused) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> encode(new GoogleApi.Gemini(), OLD, refused.asked().build()))
        .satisfies(
            e -> {
              assertThat(e.error().status()).isEqualTo(400);
              assertThat(e.error().param()).isEqualTo(refused.param());
            });
    protocol(new GoogleApi.Gemini())
        .encode(
            refused.asked().build(),
            OLD,
            new Unsupported("b", true),
            UnpooledByteBufAllocator.DEFAULT)
        .body()
        .release();
  }

  @Test
  void aResultWithoutItsCallIsRefused() {
    Asked asked = user("x").message(Role.USER, result("nobody", new Part.Text("y")));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> encode(new GoogleApi.Gemini(), OLD, asked.build()))
        .satisfies(e -> assertThat(e.error().param()).isEqualTo("messages[1]"));
  }

  @Test
  void aSeedBeyond32BitsIsRefused() {
    Sampling sampling =
        new Sampling(
            null, null, null, null, null, null, 1L << 31, List.of(), null, null, null, null);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> encode(new GoogleApi.Gemini(), OLD, user("x").sampling(sampling).build()))
        .satisfies(e -> assertThat(e.error().param()).isEqualTo("seed"));
  }

  private static GeminiProtocol protocol(GoogleApi api) {
    return new GeminiProtocol(api, "gemini", null);
  }

  private static UpstreamRequest encode(GoogleApi api, String model, ChatRequest request) {
    return protocol(api)
        .encode(request, model, new Unsupported("gemini", false), UnpooledByteBufAllocator.DEFAULT);
  }

  private static UpstreamRequest count(GoogleApi api, ChatRequest request) {
    return protocol(api)
        .encodeCount(
            request, OLD, new Unsupported("gemini", false), UnpooledByteBufAllocator.DEFAULT);
  }

  private static JsonNode body(UpstreamRequest request) {
    try {
      return JSON.readTree(request.body().toString(UTF_8));
    } finally {
      request.body().release();
    }
  }
}
