package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.HI;
import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.bedrock;
import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What else than chat completions a Bedrock serves, through the gateway. */
@ExtendWith(BedrockRoute.class)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BedrockOperationsTest {
  @Test
  void embeddings() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    connection.write(
                        StubUpstream.json("{\"embedding\":[0.5,-1],\"inputTextTokenCount\":3}")));
        TestGateway gateway = to(upstream, "amazon.titan-embed-text-v2:0", null, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/embeddings",
                  "{\"model\":\"m\",\"input\":\"Hi\",\"encoding_format\":\"base64\"}")
              .reply();

      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(Converse.json(reply.text()).at("/data/0/embedding").asString())
          .isEqualTo("AAAAPwAAgL8=");
      assertThat(Converse.json(reply.text()).at("/usage/prompt_tokens").asInt()).isEqualTo(3);
      gateway.record();
    }
  }

  @Test
  void rerank() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    connection.write(
                        StubUpstream.json(
                            "{\"results\":[{\"index\":1,\"relevanceScore\":0.9},"
                                + "{\"index\":0,\"relevanceScore\":0.25}]}")));
        TestGateway gateway = to(upstream, "cohere.rerank-v3-5:0", null, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/rerank",
                  "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"},\"c\"],"
                      + "\"top_n\":2,\"return_documents\":true}")
              .reply();

      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(Converse.json(reply.text()).get("results"))
          .isEqualTo(
              Converse.json(
                  "[{\"index\":1,\"relevance_score\":0.9,\"document\":{\"text\":\"b\"}},"
                      + "{\"index\":0,\"relevance_score\":0.25,\"document\":{\"text\":\"a\"}}]"));
      StubUpstream.Request request = upstream.requests.take();
      assertThat(request.head()).startsWith("POST /rerank HTTP/1.1\r\n");
      assertThat(Converse.json(request.text()))
          .isEqualTo(
              Converse.json(
                  """
                  {"queries":[{"type":"TEXT","textQuery":{"text":"q"}}],
                   "sources":[
                     {"type":"INLINE","inlineDocumentSource":{"type":"TEXT","textDocument":{"text":"a"}}},
                     {"type":"INLINE","inlineDocumentSource":{"type":"JSON","jsonDocument":{"text":"b"}}},
                     {"type":"INLINE","inlineDocumentSource":{"type":"TEXT","textDocument":{"text":"c"}}}],
                   "rerankingConfiguration":{"type":"BEDROCK_RERANKING_MODEL",
                     "bedrockRerankingConfiguration":{"numberOfResults":2,"modelConfiguration":
                       {"modelArn":"arn:aws:bedrock:us-east-1::foundation-model/cohere.rerank-v3-5:0"}}}}
                  """));
      gateway.record();
    }
  }

  @Test
  void countOfTokens() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    connection.write(StubUpstream.json("{\"inputTokens\":42}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages/count_tokens", HI + "}").reply();

      assertThat(reply.text()).isEqualTo("{\"input_tokens\":42}");
      assertThat(upstream.requests.take().head())
          .startsWith("POST /model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens ");
      gateway.record();
    }
  }

  @Test
  void messages() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    BedrockStub.stream(
                        connection,
                        Frames.event("messageStart", "{\"role\":\"assistant\"}"),
                        Frames.event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"Hm\"}}}"),
                        Frames.event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"c2ln\"}}}"),
                        Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                        Frames.event(
                            "contentBlockStart",
                            "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"name\":\"f\",\"toolUseId\":\"t1\"}}}"),
                        Frames.event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{}\"}}}"),
                        Frames.event("contentBlockStop", "{\"contentBlockIndex\":1}"),
                        Frames.event("messageStop", "{\"stopReason\":\"tool_use\"}"),
                        Frames.event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":3,\"outputTokens\":2,\"totalTokens\":5}}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/messages",
                  "{\"model\":\"m\",\"max_tokens\":2000,\"stream\":true,"
                      + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
                      + "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],"
                      + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
              .reply();

      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.text())
          .contains("\"type\":\"thinking_delta\",\"thinking\":\"Hm\"")
          .contains("\"type\":\"signature_delta\",\"signature\":\"c2ln\"")
          .contains("\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"f\"")
          .contains("\"stop_reason\":\"tool_use\"")
          .contains("event: message_stop");
      assertThat(Converse.json(upstream.requests.take().text()).get("additionalModelRequestFields"))
          .isEqualTo(Converse.json("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}"));
      gateway.record();
    }
  }
}
