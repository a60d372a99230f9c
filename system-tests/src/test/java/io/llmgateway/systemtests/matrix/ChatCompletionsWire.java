package io.llmgateway.systemtests.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * <a href="https://platform.openai.com/docs/api-reference/chat">Chat completions</a>, by OpenAI and
 * those who serve the same API.
 */
enum ChatCompletionsWire {
  OPENAI("call_", null),
  AZURE("call_", null),
  VLLM("chatcmpl-tool-", "reasoning_content"),
  OLLAMA("call_", "reasoning");

  private static final Set<String> REQUEST_MEMBERS =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "max_completion_tokens",
          "max_tokens",
          "temperature",
          "top_p",
          "reasoning_effort",
          "store",
          "user");

  /** OpenAI's own SDK for Node sends {@code parsed} back as it made it. */
  private static final Set<String> MESSAGE_MEMBERS =
      Set.of("role", "content", "refusal", "name", "tool_calls", "tool_call_id", "parsed");

  private final String idPrefix;
  private final String reasoning;

  ChatCompletionsWire(String idPrefix, @Nullable String reasoning) {
    this.idPrefix = idPrefix;
    this.reasoning = reasoning == null ? "" : reasoning;
  }

  Heard heard(JsonNode body) {
    strict(body, REQUEST_MEMBERS);
    Hearing hearing = new Hearing();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      hearing.tool(function.path("name").asString(), function.path("parameters"));
    }
    for (JsonNode message : body.path("messages")) {
      strict(message, MESSAGE_MEMBERS);
      switch (message.path("role").asString("")) {
        case "system", "developer" -> hearing.system(message.path("content"));
        case "user" -> hearing.user(message.path("content"));
        case "tool" ->
            hearing.result(message.path("tool_call_id").asString(""), message.path("content"));
        case "assistant" -> {
          hearing.assistant(message.path("content"));
          for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            hearing.call(
                call.path("id").asString(""),
                function.path("name").asString(""),
                Hearing.read(function.path("arguments").asString("")));
          }
        }
        default -> throw new RefusedException("role " + message.path("role"));
      }
    }
    return hearing.done(body.path("stream").asBoolean(false), false);
  }

  /** Other servers than OpenAI's own look past what they do not know. */
  private void strict(JsonNode object, Set<String> members) {
    for (String name : object.propertyNames()) {
      if ((this == OPENAI || this == AZURE) && !members.contains(name)) {
        throw new RefusedException("Unrecognized request argument supplied: " + name);
      }
    }
  }

  private static final String USAGE =
      "{'prompt_tokens':20,'completion_tokens':7,'total_tokens':27,"
          + "'prompt_tokens_details':{'cached_tokens':5}}";

  String events(Script.Reply reply, boolean usage) {
    List<String> deltas = new ArrayList<>();
    deltas.add("{'role':'assistant','content':''}");
    if (!reasoning.isEmpty() && reply.thought() != null) {
      deltas.add("{'" + reasoning + "':'" + reply.thought() + "'}");
    }
    reply.text().forEach(piece -> deltas.add("{'content':'" + piece + "'}"));
    for (int i = 0; i < reply.cities().size(); i++) {
      String city = reply.cities().get(i);
      List<String> arguments = Script.arguments(city);
      if (this == OLLAMA) {
        deltas.add("{'tool_calls':[" + call(i, city, String.join("", arguments)) + "]}");
        continue;
      }
      deltas.add("{'tool_calls':[" + call(i, city, "") + "]}");
      for (String piece : arguments) {
        deltas.add(
            "{'tool_calls':[{'index':%d,'function':{'arguments':%s}}]}"
                .formatted(i, Hearing.quoted(piece)));
      }
    }
    StringBuilder events = new StringBuilder();
    if (this == AZURE) {
      events.append(
          event(
              "'choices':[],'prompt_filter_results':[{'prompt_index':0,"
                  + "'content_filter_results':{'hate':{'filtered':false,'severity':'safe'}}}]"));
    }
    for (String delta : deltas) {
      events.append(event("'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]"));
    }
    events.append(
        event("'choices':[{'index':0,'delta':{},'finish_reason':'" + finish(reply) + "'}]"));
    if (usage) {
      events.append(event("'choices':[],'usage':" + USAGE));
    }
    return events.append("data: [DONE]\n\n").toString();
  }

  private static String event(String members) {
    return Hearing.json(
        "data: {'id':'chatcmpl-1','object':'chat.completion.chunk','created':1741569952,"
            + "'model':'m-2026',"
            + members
            + "}\n\n");
  }

  String whole(Script.Reply reply) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < reply.cities().size(); i++) {
      String city = reply.cities().get(i);
      calls.add(call(i, city, String.join("", Script.arguments(city))));
    }
    String thought =
        reasoning.isEmpty() || reply.thought() == null
            ? ""
            : ",'" + reasoning + "':'" + reply.thought() + "'";
    String content = reply.text().isEmpty() ? "null" : "'" + reply.wholeText() + "'";
    return Hearing.json(
        "{'id':'chatcmpl-1','object':'chat.completion','created':1741569952,'model':'m-2026',"
            + "'choices':[{'index':0,'message':{'role':'assistant','content':"
            + content
            + thought
            + (calls.isEmpty()
                ? ""
                : calls.stream().collect(Collectors.joining(",", ",'tool_calls':[", "]")))
            + "},'finish_reason':'"
            + finish(reply)
            + "'}],'usage':"
            + USAGE
            + "}");
  }

  private static String finish(Script.Reply reply) {
    return reply.calls() ? "tool_calls" : "stop";
  }

  private String call(int index, String city, String arguments) {
    return "{'index':%d,'id':'%s','type':'function','function':{'name':'%s','arguments':%s}}"
        .formatted(index, Script.id(idPrefix, city), Script.TOOL, Hearing.quoted(arguments));
  }
}
