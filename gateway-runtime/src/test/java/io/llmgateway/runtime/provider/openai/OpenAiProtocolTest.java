package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Conversations;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProtocolTest {
  private static final Backend BACKEND =
      new Backend(
          "b",
          1,
          new ProviderConfig.OpenAi("openai", URI.create("http://h/v1"), null),
          null,
          "sk-upstream");

  private static String encoded(String request, boolean openAi) {
    return Conversations.encoded(
        new OpenAiProtocol(BACKEND, new Dialect(openAi), () -> {}),
        Conversations.read(new ChatCompletions(), request),
        new Unsupported("b", false));
  }

  /** A body that says all of it in the words and the order that are written here, too. */
  private static final String EVERYTHING =
      "{\"model\":\"m\",\"messages\":["
          + "{\"role\":\"system\",\"content\":\"s\"},"
          + "{\"role\":\"developer\",\"content\":\"d\"},"
          + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"t\"},"
          + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\","
          + "\"detail\":\"high\"}},"
          + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\",\"format\":\"wav\"}},"
          + "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,JV\","
          + "\"filename\":\"f.pdf\"}}]},"
          + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\","
          + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
          + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"42\"}],"
          + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
          + "\"parameters\":{\"type\":\"object\"},\"strict\":true}}],"
          + "\"tool_choice\":\"required\",\"parallel_tool_calls\":true,"
          + "\"max_completion_tokens\":9,\"temperature\":0.5,\"top_p\":0.25,"
          + "\"frequency_penalty\":0.1,\"presence_penalty\":0.2,\"seed\":3,\"stop\":[\"x\"],"
          + "\"n\":2,\"logprobs\":true,\"top_logprobs\":4,\"logit_bias\":{\"1\":2},"
          + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\","
          + "\"schema\":{},\"strict\":true}},\"reasoning_effort\":\"low\",\"user\":\"u\","
          + "\"metadata\":{\"a\":\"b\"},\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

  @Test
  void everything_that_chat_completions_can_say_goes_upstream() {
    assertThat(encoded(EVERYTHING, true)).isEqualTo(EVERYTHING);
  }

  @Test
  void a_server_that_only_follows_gets_the_words_that_it_knows() {
    String body =
        encoded(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"developer\",\"content\":\"d\"}],"
                + "\"max_completion_tokens\":9,\"top_k\":5}",
            false);

    assertThat(body)
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"d\"}],"
                + "\"max_tokens\":9,\"top_k\":5}");
  }

  @Test
  void what_has_no_place_is_refused_by_its_name() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                encoded(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"d\"}],"
                        + "\"top_k\":5}",
                    true))
        .satisfies(e -> assertThat(e.error().param()).isEqualTo("top_k"));
  }

  private static List<ChatEvent> read(String reply, boolean events, int longest, long seed) {
    ChatReplyReader reader = new ChatReplyReader(BACKEND, events, ByteBufAllocator.DEFAULT);
    return Conversations.events(reader, reply.getBytes(UTF_8), longest, new Random(seed));
  }

  private static String chunk(String choice) {
    return "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"m-1\",\"choices\":["
        + choice
        + "],\"usage\":null}\n\n";
  }

  private static final String STREAM =
      ": keep-alive\n\n"
          + chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}")
          + chunk("{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}")
          + chunk("{\"index\":0,\"delta\":{\"content\":\"é世😀\"}}")
          + chunk(
              "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":"
                  + "\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}")
          + chunk(
              "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                  + "{\"arguments\":\"{}\"}}]}}")
          + chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}")
          + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n"
          + "data: [DONE]\n\n";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_stream_means_the_same_however_it_is_cut(long seed) {
    assertThat(read(STREAM, true, (int) seed * 7, seed))
        .containsExactly(
            new ChatEvent.Started("x", "m-1"),
            new ChatEvent.Thinking(0, "hm"),
            new ChatEvent.Text(0, "é世😀"),
            new ChatEvent.ToolCall(0, 0, "c", "f", null),
            new ChatEvent.ToolArguments(0, 0, "{}"),
            new ChatEvent.Used(new Usage(7, 3, 0, 0)),
            new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
  }

  @Test
  void a_whole_reply_of_several_answers() {
    String reply =
        "{\"id\":\"x\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},"
            + "\"finish_reason\":\"length\"},{\"index\":1,\"message\":{\"content\":null,"
            + "\"refusal\":\"no\"},\"finish_reason\":\"content_filter\"}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":1}}}";

    assertThat(read(reply, false, 5, 1))
        .containsExactly(
            new ChatEvent.Started("x", "m-1"),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Refusal(1, "no"),
            new ChatEvent.Used(new Usage(1, 2, 1, 0)),
            new ChatEvent.Finished(0, FinishReason.MAX_TOKENS, null),
            new ChatEvent.Finished(1, FinishReason.CONTENT_FILTER, null));
  }

  @Test
  void a_stream_that_ends_too_early_or_says_so_fails() {
    assertThat(read(STREAM.substring(0, 400), true, 50, 1).getLast())
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            f -> assertThat(f.error().code()).isEqualTo("upstream_stream_broken"));
    assertThat(
            read(
                "data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}\n\n",
                true,
                50,
                1))
        .singleElement()
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class, f -> assertThat(f.error().status()).isEqualTo(429));
    assertThat(read("", true, 50, 1).getLast()).isInstanceOf(ChatEvent.Failed.class);
    assertThat(read("<html>", false, 50, 1).getLast()).isInstanceOf(ChatEvent.Failed.class);
  }

  @Test
  void requests_do_not_show_their_words() {
    ChatRequest request = Conversations.read(new ChatCompletions(), EVERYTHING);

    assertThat(request.toString()).isEqualTo("ChatRequest[m]");
    assertThat(request.messages().toString()).doesNotContain("42");
  }
}
