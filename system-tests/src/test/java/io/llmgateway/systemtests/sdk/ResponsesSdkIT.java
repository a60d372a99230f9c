package io.llmgateway.systemtests.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI SDK for Java, unmodified, with responses of a server that has none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesSdkIT {
  private static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpServer upstream;
  private GatewayProcess gateway;
  private OpenAIClient client;

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    upstream.createContext("/v1/chat/completions", this::answer);
    upstream.start();
    URI url = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort() + "/v1");
    gateway =
        GatewayProcess.start(
            new ConfigDirectoryFixture()
                .key(KEY)
                .openAi("llama", url, "meta/llama", "upstream-key")
                .writeTo(directory));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.baseUrl())
            .apiKey(KEY)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();
  }

  @AfterAll
  void stopGateway() throws Exception {
    gateway.close();
    upstream.stop(0);
  }

  private static String chunk(String choice) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"meta/llama\",\"choices\":[{\"index\":0,"
        + choice
        + "}]}\n\n";
  }

  private static final String USAGE =
      "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":20,"
          + "\"completion_tokens\":7,\"total_tokens\":27}}\n\ndata: [DONE]\n\n";

  /** Thinks aloud and calls two functions, as vLLM streams it. */
  private static final String CALLS =
      chunk("\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"Two \"}")
          + chunk("\"delta\":{\"reasoning_content\":\"calls.\"}")
          + chunk(
              "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\","
                  + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}")
          + chunk(
              "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                  + "\"{\\\"city\\\":\"}}]}")
          + chunk(
              "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                  + "\"\\\"Paris\\\"}\"}}]}")
          + chunk(
              "\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"call_b\",\"type\":\"function\","
                  + "\"function\":{\"name\":\"get_weather\",\"arguments\":"
                  + "\"{\\\"city\\\":\\\"Rome\\\"}\"}}]}")
          + chunk("\"delta\":{},\"finish_reason\":\"stop\"")
          + USAGE;

  private static final String TEXT =
      chunk("\"delta\":{\"content\":\"Sunny in \"}")
          + chunk("\"delta\":{\"content\":\"both.\"}")
          + chunk("\"delta\":{},\"finish_reason\":\"stop\"")
          + USAGE;

  private static final String WHOLE =
      "{\"id\":\"chatcmpl-2\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"meta/llama\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
          + "\"{\\\"answer\\\":42}\"},\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":3,"
          + "\"completion_tokens\":9,\"total_tokens\":12}}";

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    received.add(body);
    boolean streams = body.contains("\"stream\":true");
    String reply = streams ? body.contains("\"role\":\"tool\"") ? TEXT : CALLS : WHOLE;
    byte[] bytes = reply.getBytes(UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", streams ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static ResponseCreateParams.Builder request(List<ResponseInputItem> conversation) {
    return ResponseCreateParams.builder()
        .model("llama")
        .instructions("Be brief.")
        .store(false)
        .inputOfResponse(conversation)
        .addTool(
            FunctionTool.builder()
                .name("get_weather")
                .strict(true)
                .parameters(
                    FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                            "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build());
  }

  private Response streamed(List<ResponseInputItem> conversation, List<String> kinds) {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(request(conversation).build())) {
      stream.stream()
          .forEach(
              event -> {
                event.validate();
                accumulator.accumulate(event);
                event.outputTextDelta().ifPresent(delta -> kinds.add(delta.delta()));
              });
    }
    return accumulator.response();
  }

  @Test
  void aStreamedConversationWithToolsOverTwoTurns() throws Exception {
    received.clear();
    List<ResponseInputItem> conversation = new ArrayList<>();
    conversation.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("Weather in Paris and Rome?")
                .build()));

    Response first = streamed(conversation, new ArrayList<>());

    first.validate();
    assertThat(first.output()).hasSize(3);
    assertThat(first.output().getFirst().asReasoning().summary().getFirst().text())
        .isEqualTo("Two calls.");
    assertThat(first.usage().orElseThrow().totalTokens()).isEqualTo(27);
    for (ResponseOutputItem item : first.output()) {
      item.reasoning().ifPresent(r -> conversation.add(ResponseInputItem.ofReasoning(r)));
      item.functionCall().ifPresent(c -> conversation.add(ResponseInputItem.ofFunctionCall(c)));
    }
    for (ResponseOutputItem item : first.output()) {
      item.functionCall()
          .ifPresent(
              call ->
                  conversation.add(
                      ResponseInputItem.ofFunctionCallOutput(
                          ResponseInputItem.FunctionCallOutput.builder()
                              .callId(call.callId())
                              .output("sunny: " + call.arguments())
                              .build())));
    }
    List<String> deltas = new ArrayList<>();

    Response second = streamed(conversation, deltas);

    second.validate();
    assertThat(deltas).containsExactly("Sunny in ", "both.");
    assertThat(second.output().getFirst().asMessage().content().getFirst().asOutputText().text())
        .isEqualTo("Sunny in both.");
    assertThat(received.take()).contains("\"role\":\"system\"", "\"content\":\"Be brief.\"");
    assertThat(received.take())
        .contains(
            "{\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                + "\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}")
        .contains(
            "{\"role\":\"tool\",\"tool_call_id\":\"call_b\",\"content\":"
                + "\"sunny: {\\\"city\\\":\\\"Rome\\\"}\"}");
  }

  @Test
  void aWholeResponseThatWasCutShort() {
    Response reply =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("llama")
                    .input("What is the answer?")
                    .maxOutputTokens(9)
                    .build());

    reply.validate();
    assertThat(reply.status().orElseThrow().asString()).isEqualTo("incomplete");
    assertThat(reply.incompleteDetails().orElseThrow().reason().orElseThrow().asString())
        .isEqualTo("max_output_tokens");
    assertThat(reply.model().asString()).isEqualTo("llama");
  }

  @Test
  void aResponseThatIsNotKeptCannotBeReferredTo() {
    assertThatThrownBy(
            () ->
                client
                    .responses()
                    .create(
                        ResponseCreateParams.builder()
                            .model("llama")
                            .input("And now?")
                            .previousResponseId("resp_1")
                            .build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("previous_response_id"));
  }

  @Test
  void aClientThatThinksItTalksToAzure() {
    OpenAIClient azure =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.baseUrl())
            .credential(AzureApiKeyCredential.create(KEY))
            .azureUrlPathMode(AzureUrlPathMode.UNIFIED)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();

    Response reply =
        azure
            .responses()
            .create(ResponseCreateParams.builder().model("llama").input("Hello").build());

    assertThat(reply.output()).hasSize(1);
  }
}
