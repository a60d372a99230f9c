package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.call;
import static io.llmgateway.runtime.provider.gemini.Asked.result;
import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
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
  private static final String OLD = "gemini-2.5-flash";
  private static final String NEW = "gemini-3.5-flash";
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
          + "\"required\":[\"city\"],\"additionalProperties\":false}";

  /**
   * @param expected with single quotes; members of the request that matter
   */
  record Case(String what, String model, Asked asked, String expected) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(conversations(), media(), tools(), generation(), thinking(), others())
        .flatMap(List::stream);
  }

  private static List<Case> conversations() {
    return List.of(
        new Case(
            "one question",
            OLD,
            user("Explain how AI works in a few words"),
            """
            {'contents': [{'role': 'user',
                           'parts': [{'text': 'Explain how AI works in a few words'}]}],
             'generationConfig': {}}"""),
        new Case(
            "system and developer messages",
            OLD,
            new Asked()
                .message(Role.SYSTEM, new Part.Text("You are a cat. Your name is Neko."))
                .message(Role.DEVELOPER, new Part.Text("Purr."))
                .message(Role.USER, new Part.Text("Hello there")),
            """
            {'systemInstruction': {'parts': [{'text': 'You are a cat. Your name is Neko.'},
                                             {'text': 'Purr.'}]},
             'contents': [{'role': 'user', 'parts': [{'text': 'Hello there'}]}]}"""),
        new Case(
            "instructions alone are asked as a question",
            OLD,
            new Asked().message(Role.SYSTEM, new Part.Text("Say hello.")),
            """
            {'contents': [{'role': 'user', 'parts': [{'text': 'Say hello.'}]}]}"""),
        new Case(
            "several turns, an empty one left out, neighbours of one role together",
            OLD,
            user("Hello")
                .message(Role.ASSISTANT, new Part.Text("Great to meet you."))
                .message(Role.ASSISTANT, new Part.Text(""), new Part.Refusal("I cannot."))
                .message(Role.USER, new Part.Text("I have two dogs."))
                .message(Role.USER, new Part.Text("How many paws?")),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Hello'}]},
              {'role': 'model', 'parts': [{'text': 'Great to meet you.'}, {'text': 'I cannot.'}]},
              {'role': 'user', 'parts': [{'text': 'I have two dogs.'},
                                         {'text': 'How many paws?'}]}]}"""),
        new Case(
            "cache markers are left out, as Gemini caches by itself",
            OLD,
            new Asked().message(Role.USER, new Part.Text("Long", new CacheMarker("1h"), List.of())),
            """
            {'contents': [{'role': 'user', 'parts': [{'text': 'Long'}]}]}"""));
  }

  private static List<Case> media() {
    return List.of(
        new Case(
            "images in base64 and by URL",
            OLD,
            new Asked()
                .message(
                    Role.USER,
                    new Part.Text("Tell me about this"),
                    new Part.Image(new Source.Base64("image/png", "iVBORw0="), "high", null),
                    new Part.Image(
                        new Source.Url("https://example.com/a/cat.webp?w=5.png"), null, null),
                    new Part.Image(new Source.Url("gs://bucket/photo"), "auto", null)),
            """
            {'contents': [{'role': 'user', 'parts': [
               {'text': 'Tell me about this'},
               {'inlineData': {'mimeType': 'image/png', 'data': 'iVBORw0='}},
               {'fileData': {'mimeType': 'image/webp',
                             'fileUri': 'https://example.com/a/cat.webp?w=5.png'}},
               {'fileData': {'mimeType': 'image/jpeg', 'fileUri': 'gs://bucket/photo'}}]}],
             'generationConfig': {'mediaResolution': 'MEDIA_RESOLUTION_HIGH'}}"""),
        new Case(
            "documents and audio",
            OLD,
            new Asked()
                .message(
                    Role.USER,
                    new Part.Document(
                        new Source.Base64("application/pdf", "JVBERi0="),
                        "Contract",
                        "Signed in May",
                        null,
                        null),
                    new Part.Document(new Source.PlainText("Plain."), null, null, false, null),
                    new Part.Document(
                        new Source.File(
                            "https://generativelanguage.googleapis.com/v1beta/files/abc"),
                        null,
                        null,
                        null,
                        null),
                    new Part.Audio("wav", "UklGRg==")),
            """
            {'contents': [{'role': 'user', 'parts': [
               {'text': 'Document: Contract\\nSigned in May'},
               {'inlineData': {'mimeType': 'application/pdf', 'data': 'JVBERi0='}},
               {'text': 'Plain.'},
               {'fileData': {
                  'fileUri': 'https://generativelanguage.googleapis.com/v1beta/files/abc'}},
               {'inlineData': {'mimeType': 'audio/wav', 'data': 'UklGRg=='}}]}]}"""));
  }

  private static List<Case> tools() {
    Asked history =
        user("Weather in Paris and London?")
            .message(
                Role.ASSISTANT,
                call("call_gw_1", "weather", "{\"city\":\"Paris\"}", null),
                call("call_gw_2", "weather", "{\"city\":\"London\"}", null))
            .message(Role.USER, result("call_gw_2", new Part.Text("12 C")))
            .message(Role.USER, result("call_gw_1", new Part.Text("15 C")))
            .message(Role.USER, new Part.Text("And tomorrow?"));
    String historyOld =
        """
        {'contents': [
          {'role': 'user', 'parts': [{'text': 'Weather in Paris and London?'}]},
          {'role': 'model', 'parts': [
            {'functionCall': {'name': 'weather', 'args': {'city': 'Paris'}}SIGNED},
            {'functionCall': {'name': 'weather', 'args': {'city': 'London'}}}]},
          {'role': 'user', 'parts': [
            {'functionResponse': {'name': 'weather', 'response': {'output': '15 C'}}},
            {'functionResponse': {'name': 'weather', 'response': {'output': '12 C'}}}]},
          {'role': 'user', 'parts': [{'text': 'And tomorrow?'}]}]}""";
    return List.of(
        new Case(
            "tools, and a choice that is the model's",
            OLD,
            user("Weather?")
                .tool("weather", SCHEMA, null)
                .tool("time", null, null)
                .choice(new ToolChoice.Auto()),
            """
            {'tools': [{'functionDeclarations': [
               {'name': 'weather', 'description': 'Does weather', 'parametersJsonSchema':
                 {'type': 'object', 'properties': {'city': {'type': 'string'}},
                  'required': ['city'], 'additionalProperties': false}},
               {'name': 'time', 'description': 'Does time'}]}],
             'toolConfig': {'functionCallingConfig': {'mode': 'AUTO'}}}"""),
        new Case(
            "a forced tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.Named("weather")),
            """
            {'toolConfig': {'functionCallingConfig':
               {'mode': 'ANY', 'allowedFunctionNames': ['weather']}}}"""),
        new Case(
            "any tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.Required()),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'ANY'}}}"),
        new Case(
            "no tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.None()),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'NONE'}}}"),
        new Case(
            "strict tools",
            OLD,
            user("Weather?").tool("weather", SCHEMA, true).parallel(true),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'VALIDATED'}}}"),
        new Case(
            "parallel calls without ids, results in the order of the calls, tools not declared",
            OLD,
            history,
            historyOld.replace("SIGNED", "")),
        new Case(
            "calls whose signature the client has lost",
            NEW,
            history,
            historyOld.replace(
                "SIGNED", ", 'thoughtSignature': 'skip_thought_signature_validator'")),
        new Case(
            "calls with ids and a signature, a failed one among them",
            NEW,
            user("Go")
                .message(
                    Role.ASSISTANT,
                    new Part.Text("Well"),
                    call("p3xk2h9a", "weather", "{}", "U2lnbmF0dXJlQQ=="),
                    call("p3xk2h9b", "time", "{}", null))
                .message(
                    Role.USER,
                    new Part.ToolResult("p3xk2h9a", List.of(new Part.Text("down")), true, null),
                    result(
                        "p3xk2h9b",
                        new Part.Text("noon"),
                        new Part.Image(new Source.Base64("image/png", "aQ=="), null, null))),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Go'}]},
              {'role': 'model', 'parts': [
                {'text': 'Well'},
                {'functionCall': {'id': 'p3xk2h9a', 'name': 'weather', 'args': {}},
                 'thoughtSignature': 'U2lnbmF0dXJlQQ=='},
                {'functionCall': {'id': 'p3xk2h9b', 'name': 'time', 'args': {}}}]},
              {'role': 'user', 'parts': [
                {'functionResponse': {'id': 'p3xk2h9a', 'name': 'weather',
                                      'response': {'error': 'down'}}},
                {'functionResponse': {'id': 'p3xk2h9b', 'name': 'time',
                                      'response': {'output': 'noon'},
                                      'parts': [{'inlineData': {'mimeType': 'image/png',
                                                                'data': 'aQ=='}}]}}]}]}"""),
        new Case(
            "an image as a result, where results hold no media",
            OLD,
            user("Go")
                .message(Role.ASSISTANT, call("call_gw_1", "shot", "{}", null))
                .message(
                    Role.USER,
                    result(
                        "call_gw_1",
                        new Part.Image(new Source.Base64("image/png", "aQ=="), null, null))),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Go'}]},
              {'role': 'model', 'parts': [{'functionCall': {'name': 'shot', 'args': {}}}]},
              {'role': 'user', 'parts': [
                {'functionResponse': {'name': 'shot', 'response': {'output': ''}}},
                {'inlineData': {'mimeType': 'image/png', 'data': 'aQ=='}}]}]}"""));
  }

  private static List<Case> generation() {
    return List.of(
        new Case(
            "every way to sample",
            OLD,
            user("x")
                .sampling(
                    new Sampling(
                        800,
                        1.0,
                        0.8,
                        10,
                        0.5,
                        -0.5,
                        -7L,
                        List.of("Title", "\n"),
                        3,
                        true,
                        5,
                        RawJson.of("{}"))),
            """
            {'generationConfig': {'candidateCount': 3, 'maxOutputTokens': 800,
              'temperature': 1.0, 'topP': 0.8, 'topK': 10, 'frequencyPenalty': 0.5,
              'presencePenalty': -0.5, 'seed': -7, 'stopSequences': ['Title', '\\n'],
              'responseLogprobs': true, 'logprobs': 5}}"""),
        new Case(
            "JSON",
            OLD,
            user("x").format(new OutputFormat.Json()),
            "{'generationConfig': {'responseMimeType': 'application/json'}}"),
        new Case(
            "JSON by a schema",
            OLD,
            user("x")
                .format(
                    new OutputFormat.JsonSchema(
                        "city", null, RawJson.of("{\"type\":\"array\",\"maxItems\":3}"), true)),
            """
            {'generationConfig': {'responseMimeType': 'application/json',
              'responseJsonSchema': {'type': 'array', 'maxItems': 3}}}"""));
  }

  private static Case thinking(String model, Reasoning reasoning, String expected) {
    return new Case(
        reasoning + " for " + model,
        model,
        user("x").reasoning(reasoning),
        "{'generationConfig': " + expected + "}");
  }

  private static List<Case> thinking() {
    return List.of(
        thinking(
            NEW,
            new Reasoning.Effort("low"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingLevel': 'low'}}"),
        thinking(
            NEW,
            new Reasoning.Effort("xhigh"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingLevel': 'high'}}"),
        thinking(
            NEW, new Reasoning.Effort("none"), "{'thinkingConfig': {'thinkingLevel': 'minimal'}}"),
        thinking(
            "gemini-3.1-pro-preview",
            new Reasoning.Off(),
            "{'thinkingConfig': {'thinkingLevel': 'low'}}"),
        thinking(
            "gemini-4-argon",
            new Reasoning.Adaptive(),
            "{'thinkingConfig': {'includeThoughts': true}}"),
        thinking(
            NEW,
            new Reasoning.Budget(2000),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 2000}}"),
        thinking(
            OLD,
            new Reasoning.Effort("minimal"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 1024}}"),
        thinking(
            OLD,
            new Reasoning.Effort("high"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 24576}}"),
        thinking(OLD, new Reasoning.Off(), "{'thinkingConfig': {'thinkingBudget': 0}}"),
        thinking(
            "gemini-2.5-pro", new Reasoning.Off(), "{'thinkingConfig': {'thinkingBudget': 128}}"),
        thinking("gemini-2.0-flash", new Reasoning.Off(), "{}"),
        thinking(
            OLD,
            new Reasoning.Adaptive(),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': -1}}"),
        new Case(
            "thinking comes back with its signature, another provider's without",
            NEW,
            user("x")
                .message(
                    Role.ASSISTANT,
                    new Part.Thinking("Hm", "gemini.U2ln"),
                    new Part.Thinking("Ah", "EqQBCgIYAhIM"),
                    new Part.RedactedThinking("EmwKAhgBEgy3"),
                    new Part.Text("Yes"),
                    new Part.RedactedThinking("gemini.VGV4dA=="))
                .message(Role.USER, new Part.Text("Sure?")),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'x'}]},
              {'role': 'model', 'parts': [
                {'text': 'Hm', 'thought': true, 'thoughtSignature': 'U2ln'},
                {'text': 'Ah', 'thought': true},
                {'text': 'Yes'},
                {'text': '', 'thoughtSignature': 'VGV4dA=='}]},
              {'role': 'user', 'parts': [{'text': 'Sure?'}]}]}"""));
  }

  private static List<Case> others() {
    return List.of(
        new Case(
            "what is Gemini's own, and a search",
            OLD,
            user("x")
                .other("safety_settings", "[{\"category\":\"HARM_CATEGORY_HARASSMENT\"}]")
                .other("cachedContent", "\"cachedContents/abc\"")
                .other("web_search_options", "{}")
                .other("metadata", "{\"a\":\"b\"}")
                .other("modalities", "[\"text\"]")
                .other("store", "false"),
            """
            {'safetySettings': [{'category': 'HARM_CATEGORY_HARASSMENT'}],
             'cachedContent': 'cachedContents/abc',
             'tools': [{'googleSearch': {}}]}"""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProviderReceives(Case c) {
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
        'contents': [{'role': 'user', 'parts': [{'text': 'x'}]}]}"""
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
        new Refused("store", user("x").other("store", "true")),
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
