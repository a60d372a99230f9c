package io.llmgateway.systemtests.matrix;

import io.llmgateway.runtime.provider.bedrock.BedrockStub;
import io.llmgateway.runtime.provider.bedrock.Frames;
import io.llmgateway.runtime.testing.StubUpstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Bedrock's <a
 * href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">Converse</a>
 * and ConverseStream, with a model of Anthropic's.
 */
final class ConverseWire {
  static final String MODEL = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final String PATH = "POST /model/" + MODEL.replace(":", "%3A") + "/converse";

  private ConverseWire() {}

  static Heard heard(StubUpstream.Request request) {
    boolean streamed = request.head().startsWith(PATH + "-stream HTTP/1.1\r\n");
    if (!streamed && !request.head().startsWith(PATH + " HTTP/1.1\r\n")) {
      throw new RefusedException("The provided model identifier is invalid.");
    }
    JsonNode body = Hearing.read(request.text());
    Hearing hearing = new Hearing();
    for (JsonNode tool : body.at("/toolConfig/tools")) {
      JsonNode spec = tool.path("toolSpec");
      hearing.tool(spec.path("name").asString(), spec.at("/inputSchema/json"));
    }
    if (body.has("system")) {
      hearing.system(body.path("system"));
    }
    String thinking = body.at("/additionalModelRequestFields/thinking/type").asString("");
    boolean thinks = Set.of("enabled", "adaptive").contains(thinking);
    if (thinking.equals("enabled") && !startsThinking(body.path("messages"))) {
      throw new RefusedException(
          "The model returned the following errors: Expected `thinking` or `redacted_thinking`, but"
              + " found `tool_use`.");
    }
    String before = "";
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asString("");
      if (role.equals(before)) {
        throw new RefusedException("A conversation must alternate between user and assistant.");
      }
      before = role;
      for (JsonNode block : message.path("content")) {
        block(hearing, role, block);
      }
    }
    return hearing.done(streamed, thinks);
  }

  /** Whether the turn that the last message goes on with begins with a thought. */
  private static boolean startsThinking(JsonNode messages) {
    boolean starts = true;
    for (int i = messages.size() - 1; i > 0; i -= 2) {
      if (!messages.at("/" + i + "/content/0").has("toolResult")) {
        return starts;
      }
      starts = messages.at("/" + (i - 1) + "/content/0").has("reasoningContent");
    }
    return starts;
  }

  private static void block(Hearing hearing, String role, JsonNode block) {
    if (block.has("text") && role.equals("user")) {
      hearing.user(block.path("text"));
    } else if (block.has("text")) {
      hearing.assistant(block.path("text"));
    } else if (block.has("toolUse")) {
      JsonNode use = block.path("toolUse");
      hearing.call(
          use.path("toolUseId").asString(""), use.path("name").asString(""), use.path("input"));
    } else if (block.has("toolResult")) {
      JsonNode result = block.path("toolResult");
      hearing.result(result.path("toolUseId").asString(""), result.path("content"));
    } else if (block.has("reasoningContent")) {
      hearing.signature(block.at("/reasoningContent/reasoningText/signature").asString(""));
    } else {
      throw new RefusedException("a block of " + block.propertyNames());
    }
  }

  private static final String USAGE =
      "'usage':{'inputTokens':15,'outputTokens':7,'totalTokens':27,'cacheReadInputTokens':5,"
          + "'cacheWriteInputTokens':0},'metrics':{'latencyMs':551}";

  static void say(Script.Reply reply, Heard heard, StubUpstream.Connection connection)
      throws IOException {
    if (heard.streamed()) {
      BedrockStub.stream(connection, frames(reply, heard.thinks()).toArray(byte[][]::new));
    } else {
      connection.write(StubUpstream.json(whole(reply, heard.thinks())));
    }
  }

  private static String whole(Script.Reply reply, boolean thinks) {
    List<String> blocks = new ArrayList<>();
    if (thinks && reply.thought() != null) {
      blocks.add(
          "{'reasoningContent':{'reasoningText':{'text':'%s','signature':'%s'}}}"
              .formatted(reply.thought(), Script.SIGNATURE));
    }
    if (!reply.text().isEmpty()) {
      blocks.add("{'text':'" + reply.wholeText() + "'}");
    }
    for (String city : reply.cities()) {
      blocks.add(
          "{'toolUse':{'toolUseId':'%s','name':'%s','input':%s}}"
              .formatted(id(city), Script.TOOL, String.join("", Script.arguments(city))));
    }
    return Hearing.json(
        "{'output':{'message':{'role':'assistant','content':["
            + String.join(",", blocks)
            + "]}},'stopReason':'"
            + stop(reply)
            + "',"
            + USAGE
            + "}");
  }

  private static String id(String city) {
    return Script.id("tooluse_", city);
  }

  private static String stop(Script.Reply reply) {
    return reply.calls() ? "tool_use" : "end_turn";
  }

  private static List<byte[]> frames(Script.Reply reply, boolean thinks) {
    List<byte[]> out = new ArrayList<>();
    out.add(event("messageStart", "{'role':'assistant'}"));
    int index = 0;
    if (thinks && reply.thought() != null) {
      delta(out, index, "'reasoningContent':{'text':'" + reply.thought() + "'}");
      delta(out, index, "'reasoningContent':{'signature':'" + Script.SIGNATURE + "'}");
      out.add(event("contentBlockStop", "{'contentBlockIndex':" + index++ + "}"));
    }
    if (!reply.text().isEmpty()) {
      for (String piece : reply.text()) {
        delta(out, index, "'text':'" + piece + "'");
      }
      out.add(event("contentBlockStop", "{'contentBlockIndex':" + index++ + "}"));
    }
    for (String city : reply.cities()) {
      out.add(
          event(
              "contentBlockStart",
              "{'contentBlockIndex':%d,'start':{'toolUse':{'toolUseId':'%s','name':'%s'}}}"
                  .formatted(index, id(city), Script.TOOL)));
      for (String piece : Script.arguments(city)) {
        delta(out, index, "'toolUse':{'input':" + Hearing.quoted(piece) + "}");
      }
      out.add(event("contentBlockStop", "{'contentBlockIndex':" + index++ + "}"));
    }
    out.add(event("messageStop", "{'stopReason':'" + stop(reply) + "'}"));
    out.add(event("metadata", "{" + USAGE + "}"));
    return out;
  }

  private static void delta(List<byte[]> out, int index, String delta) {
    out.add(
        event(
            "contentBlockDelta",
            "{'contentBlockIndex':" + index + ",'delta':{" + delta + "},'p':'abcdefg'}"));
  }

  private static byte[] event(String type, String json) {
    return Frames.event(type, Hearing.json(json));
  }
}
