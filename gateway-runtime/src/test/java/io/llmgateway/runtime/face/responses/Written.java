package io.llmgateway.runtime.face.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the face writes, read again. */
final class Written {
  static final JsonMapper JSON = new JsonMapper();
  static final ResponsesFace FACE = new ResponsesFace();
  static final ChatFace.Reply REPLY = new ChatFace.Reply("req_1", "my-model", 1_741_476_777);

  static ChatRequest request(String members) {
    String body = "{\"model\":\"my-model\",\"input\":\"x\"" + members + "}";
    return FACE.read(Unpooled.wrappedBuffer(body.getBytes(UTF_8)));
  }

  /** The data of each event, after a check that its name is its type and its number the next. */
  static List<JsonNode> stream(ChatEvent... events) {
    return parse(written(request(",\"stream\":true"), events));
  }

  static List<JsonNode> parse(String stream) {
    List<JsonNode> told = new ArrayList<>();
    for (String event : stream.split("\n\n")) {
      String[] lines = event.split("\n");
      assertThat(lines).hasSize(2);
      JsonNode data = JSON.readTree(lines[1].substring("data: ".length()));
      assertThat(lines[0]).isEqualTo("event: " + data.get("type").asString());
      assertThat(data.get("sequence_number").asInt()).isEqualTo(told.size());
      told.add(data);
    }
    return told;
  }

  static String written(ChatRequest request, ChatEvent... events) {
    ByteBuf out = Unpooled.buffer();
    ChatFace.Writer writer = FACE.writer(request, REPLY);
    for (ChatEvent event : events) {
      writer.write(event, out);
    }
    writer.end(out);
    return out.toString(UTF_8);
  }

  static JsonNode whole(ChatEvent... events) {
    return JSON.readTree(written(request(""), events));
  }

  static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.get("type").asString()).toList();
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private Written() {}
}
