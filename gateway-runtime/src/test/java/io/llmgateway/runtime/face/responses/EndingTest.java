package io.llmgateway.runtime.face.responses;

import static io.llmgateway.runtime.face.responses.Written.FACE;
import static io.llmgateway.runtime.face.responses.Written.REPLY;
import static io.llmgateway.runtime.face.responses.Written.json;
import static io.llmgateway.runtime.face.responses.Written.parse;
import static io.llmgateway.runtime.face.responses.Written.request;
import static io.llmgateway.runtime.face.responses.Written.stream;
import static io.llmgateway.runtime.face.responses.Written.whole;
import static io.llmgateway.runtime.face.responses.Written.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Parts, what they carry, and how a response ends. */
class EndingTest {
  @Test
  void aPartEndsWhereAnotherBeginsAndCarriesItsCitationsAndLogprobs() {
    JsonNode content =
        whole(
                new ChatEvent.Started(null, null),
                new ChatEvent.Text(0, "It is so."),
                new ChatEvent.Logprobs(
                    0,
                    RawJson.of(
                        "{\"content\":[{\"token\":\"It\",\"logprob\":-0.5,\"bytes\":[73,116],"
                            + "\n\"top_logprobs\":[]}],\"refusal\":null}")),
                new ChatEvent.Citation(
                    0,
                    RawJson.of(
                        "{\"type\":\"web_search_result_location\",\"url\":\"https://x.org\","
                            + "\"title\":\"X\",\"cited_text\":\"so\"}")),
                new ChatEvent.Citation(
                    0,
                    RawJson.of(
                        "{\"type\":\"char_location\",\"document_index\":1,\"document_title\":\"D\","
                            + "\"cited_text\":\"so\",\"start_char_index\":0}")),
                new ChatEvent.PartEnded(0),
                new ChatEvent.Refusal(0, "No more."),
                new ChatEvent.Finished(0, FinishReason.STOP, null))
            .get("output")
            .get(0)
            .get("content");

    assertThat(content)
        .isEqualTo(
            json(
                """
                [{"type":"output_text","text":"It is so.","annotations":[
                   {"type":"url_citation","start_index":0,"end_index":9,"url":"https://x.org",
                    "title":"X"},
                   {"type":"file_citation","file_id":"document_1","filename":"D","index":9,
                    "citation":{"type":"char_location","document_index":1,"document_title":"D",
                      "cited_text":"so","start_char_index":0}}],
                  "logprobs":[{"token":"It","logprob":-0.5,"bytes":[73,116],"top_logprobs":[]}]},
                 {"type":"refusal","refusal":"No more."}]
                """));
  }

  @Test
  void anAnswerThatIsCutShortIsIncomplete() {
    JsonNode cut =
        stream(
                new ChatEvent.Started(null, null),
                new ChatEvent.Text(0, "Once"),
                new ChatEvent.Finished(0, FinishReason.MAX_TOKENS, null))
            .getLast();

    assertThat(cut.get("type").asString()).isEqualTo("response.incomplete");
    assertThat(cut.at("/response/status").asString()).isEqualTo("incomplete");
    assertThat(cut.at("/response/incomplete_details"))
        .isEqualTo(json("{\"reason\":\"max_output_tokens\"}"));
    assertThat(cut.at("/response/output/0/status").asString()).isEqualTo("incomplete");
    assertThat(
            whole(
                    new ChatEvent.Started(null, null),
                    new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null))
                .get("incomplete_details"))
        .isEqualTo(json("{\"reason\":\"content_filter\"}"));
  }

  @Test
  void aStreamThatBreaksEndsWithAnErrorAndAFailedResponse() {
    ByteBuf out = Unpooled.buffer();
    ChatFace.Writer writer = FACE.writer(request(",\"stream\":true"), REPLY);
    writer.write(new ChatEvent.Started(null, null), out);
    writer.write(new ChatEvent.Text(0, "Once"), out);
    writer.fail(UpstreamErrors.streamBroken("primary"), out);

    List<JsonNode> events = parse(out.toString(UTF_8));

    assertThat(events.get(events.size() - 2))
        .isEqualTo(
            json(
                """
                {"type":"error","sequence_number":8,"code":"upstream_stream_broken",
                 "message":"The backend 'primary' ended the stream before it was complete.",
                 "param":null}
                """));
    assertThat(events.getLast().get("type").asString()).isEqualTo("response.failed");
    assertThat(events.getLast().at("/response/status").asString()).isEqualTo("failed");
    assertThat(events.getLast().at("/response/error/code").asString()).isEqualTo("server_error");
    assertThat(events.getLast().at("/response/output/0/status").asString()).isEqualTo("incomplete");
  }

  @Test
  void whatWasAskedIsSaidAgainInOneLine() {
    ChatRequest request =
        request(
            """
            , "stream": true, "max_output_tokens": 9, "temperature": 0.25,
            "parallel_tool_calls": false, "tool_choice": {"type": "function", "name": "f"},
            "reasoning": {"effort": "low"},
            "text": {"format": {"type": "json_schema", "name": "n", "schema": {
              "type": "object"}}},
            "tools": [{"type": "function", "name": "f", "strict": true, "parameters": {
              "type": "object"
            }}]
            """);

    JsonNode response =
        parse(written(request, new ChatEvent.Started(null, null))).getFirst().get("response");

    assertThat(response.get("max_output_tokens").asInt()).isEqualTo(9);
    assertThat(response.get("temperature").asDouble()).isEqualTo(0.25);
    assertThat(response.get("parallel_tool_calls").asBoolean()).isFalse();
    assertThat(response.get("tool_choice"))
        .isEqualTo(json("{\"type\":\"function\",\"name\":\"f\"}"));
    assertThat(response.get("reasoning")).isEqualTo(json("{\"effort\":\"low\",\"summary\":null}"));
    assertThat(response.get("text"))
        .isEqualTo(
            json(
                """
                {"format":{"type":"json_schema","name":"n","description":null,
                 "schema":{"type":"object"},"strict":false}}
                """));
    assertThat(response.get("tools"))
        .isEqualTo(
            json(
                """
                [{"type":"function","name":"f","description":null,"strict":true,
                  "parameters":{"type":"object"}}]
                """));
  }
}
