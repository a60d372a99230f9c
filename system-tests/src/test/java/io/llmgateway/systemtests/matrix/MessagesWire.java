package io.llmgateway.systemtests.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Anthropic's <a href="https://docs.claude.com/en/api/messages">Messages</a>. */
final class MessagesWire {
  private MessagesWire() {}

  static Heard heard(JsonNode body) {
    Hearing hearing = new Hearing();
    for (JsonNode tool : body.path("tools")) {
      hearing.tool(tool.path("name").asString(), tool.path("input_schema"));
    }
    if (body.has("system")) {
      hearing.system(body.path("system"));
    }
    boolean thinks = Set.of("enabled", "adaptive").contains(body.at("/thinking/type").asString(""));
    for (JsonNode message : body.path("messages")) {
      JsonNode content = message.path("content");
      if (content.isString()) {
        said(hearing, message.path("role").asString(""), content);
      }
      for (JsonNode block : content) {
        block(hearing, message.path("role").asString(""), block);
      }
    }
    return hearing.done(body.path("stream").asBoolean(false), thinks);
  }

  private static void said(Hearing hearing, String role, JsonNode text) {
    if (role.equals("user")) {
      hearing.user(text);
    } else {
      hearing.assistant(text);
    }
  }

  private static void block(Hearing hearing, String role, JsonNode block) {
    switch (block.path("type").asString("")) {
      case "text" -> said(hearing, role, block.path("text"));
      case "thinking" -> hearing.signature(block.path("signature").asString(""));
      case "tool_use" ->
          hearing.call(
              block.path("id").asString(""), block.path("name").asString(""), block.path("input"));
      case "tool_result" ->
          hearing.result(block.path("tool_use_id").asString(""), block.path("content"));
      default -> throw new RefusedException("a block of type " + block.path("type"));
    }
  }

  private static String message(String content, String stopReason, int outputTokens) {
    return "{'id':'msg_01','type':'message','role':'assistant','model':'claude-sonnet-4-5',"
        + "'content':["
        + content
        + "],'stop_reason':"
        + stopReason
        + ",'stop_sequence':null,'usage':{'input_tokens':15,'cache_creation_input_tokens':0,"
        + "'cache_read_input_tokens':5,'output_tokens':"
        + outputTokens
        + "}}";
  }

  static String whole(Script.Reply reply, boolean thinks) {
    List<String> blocks = new ArrayList<>();
    if (thinks && reply.thought() != null) {
      blocks.add(
          "{'type':'thinking','thinking':'%s','signature':'%s'}"
              .formatted(reply.thought(), Script.SIGNATURE));
    }
    if (!reply.text().isEmpty()) {
      blocks.add("{'type':'text','text':'" + reply.wholeText() + "'}");
    }
    for (String city : reply.cities()) {
      blocks.add(use(city, String.join("", Script.arguments(city))));
    }
    return Hearing.json(message(String.join(",", blocks), "'" + stop(reply) + "'", 7));
  }

  private static String use(String city, String input) {
    return "{'type':'tool_use','id':'%s','name':'%s','input':%s}"
        .formatted(Script.id("toolu_", city), Script.TOOL, input);
  }

  private static String stop(Script.Reply reply) {
    return reply.calls() ? "tool_use" : "end_turn";
  }

  static String events(Script.Reply reply, boolean thinks) {
    StringBuilder out = new StringBuilder();
    event(out, "message_start", ",'message':" + message("", "null", 1));
    event(out, "ping", "");
    int index = 0;
    if (thinks && reply.thought() != null) {
      block(
          out,
          index++,
          "{'type':'thinking','thinking':'','signature':''}",
          List.of(
              "'thinking_delta','thinking':'" + reply.thought() + "'",
              "'signature_delta','signature':'" + Script.SIGNATURE + "'"));
    }
    if (!reply.text().isEmpty()) {
      block(
          out,
          index++,
          "{'type':'text','text':''}",
          reply.text().stream().map(piece -> "'text_delta','text':'" + piece + "'").toList());
    }
    for (String city : reply.cities()) {
      block(
          out,
          index++,
          use(city, "{}"),
          Script.arguments(city).stream()
              .map(piece -> "'input_json_delta','partial_json':" + Hearing.quoted(piece))
              .toList());
    }
    event(
        out,
        "message_delta",
        ",'delta':{'stop_reason':'"
            + stop(reply)
            + "','stop_sequence':null},'usage':{'output_tokens':7}");
    event(out, "message_stop", "");
    return out.toString();
  }

  private static void block(StringBuilder out, int index, String start, List<String> deltas) {
    event(out, "content_block_start", ",'index':" + index + ",'content_block':" + start);
    for (String delta : deltas) {
      event(out, "content_block_delta", ",'index':" + index + ",'delta':{'type':" + delta + "}");
    }
    event(out, "content_block_stop", ",'index':" + index);
  }

  private static void event(StringBuilder out, String type, String members) {
    out.append("event: ")
        .append(type)
        .append(Hearing.json("\ndata: {'type':'" + type + "'" + members + "}\n\n"));
  }
}
