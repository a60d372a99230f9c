package io.llmgateway.systemtests.matrix;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/responses">responses</a>, by
 * those who serve them themselves and keep none.
 */
final class ResponsesWire {
  private ResponsesWire() {}

  static Heard heard(JsonNode body) {
    if (body.path("store").asBoolean(true)) {
      throw new RefusedException("This organization keeps no data: store must be false.");
    }
    Hearing hearing = new Hearing();
    for (JsonNode tool : body.path("tools")) {
      hearing.tool(tool.path("name").asString(), tool.path("parameters"));
    }
    if (body.path("instructions").isString()) {
      hearing.system(body.path("instructions"));
    }
    for (JsonNode item : body.path("input")) {
      switch (item.path("type").asString("message")) {
        case "message" -> message(hearing, item);
        case "reasoning" -> hearing.signature(item.path("encrypted_content").asString(""));
        case "function_call" ->
            hearing.call(
                item.path("call_id").asString(""),
                item.path("name").asString(""),
                Hearing.read(item.path("arguments").asString("")));
        case "function_call_output" ->
            hearing.result(item.path("call_id").asString(""), item.path("output"));
        default -> throw new RefusedException("an item of type " + item.path("type"));
      }
    }
    boolean encrypted =
        body.path("include").values().stream()
            .anyMatch(name -> name.asString().equals("reasoning.encrypted_content"));
    return hearing.done(body.path("stream").asBoolean(false), encrypted);
  }

  private static void message(Hearing hearing, JsonNode item) {
    switch (item.path("role").asString("")) {
      case "system", "developer" -> hearing.system(item.path("content"));
      case "user" -> hearing.user(item.path("content"));
      case "assistant" -> hearing.assistant(item.path("content"));
      default -> throw new RefusedException("role " + item.path("role"));
    }
  }

  private static List<String> items(Script.Reply reply, boolean thinks) {
    List<String> items = new ArrayList<>();
    if (thinks && reply.thought() != null) {
      items.add(
          ("{'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'%s'}],"
                  + "'encrypted_content':'%s'}")
              .formatted(reply.thought(), Script.SIGNATURE));
    }
    if (!reply.text().isEmpty()) {
      items.add(
          "{'id':'msg_1','type':'message','status':'completed','role':'assistant','content':["
              + text(reply.wholeText())
              + "]}");
    }
    for (String city : reply.cities()) {
      items.add(call(city, String.join("", Script.arguments(city)), "completed"));
    }
    return items;
  }

  private static String text(String text) {
    return "{'type':'output_text','text':'" + text + "','annotations':[],'logprobs':[]}";
  }

  private static String call(String city, String arguments, String status) {
    return "{'id':'%s','type':'function_call','status':'%s','call_id':'%s','name':'%s','arguments':%s}"
        .formatted(
            Script.id("fc_", city),
            status,
            Script.id("call_", city),
            Script.TOOL,
            Hearing.quoted(arguments));
  }

  private static String response(String status, List<String> items, String usage) {
    return "{'id':'resp_1','object':'response','created_at':1741476542,'status':'"
        + status
        + "','error':null,'incomplete_details':null,'instructions':null,'metadata':{},"
        + "'model':'gpt-2026','output':["
        + String.join(",", items)
        + "],'parallel_tool_calls':true,'temperature':1.0,'tool_choice':'auto','tools':[],"
        + "'top_p':1.0,'store':false,'usage':"
        + usage
        + "}";
  }

  private static final String USAGE =
      "{'input_tokens':20,'input_tokens_details':{'cached_tokens':5,'cache_write_tokens':0},'output_tokens':7,"
          + "'output_tokens_details':{'reasoning_tokens':0},'total_tokens':27}";

  static String whole(Script.Reply reply, boolean thinks) {
    return Hearing.json(response("completed", items(reply, thinks), USAGE));
  }

  static String events(Script.Reply reply, boolean thinks) {
    Events events = new Events();
    String begun = response("in_progress", List.of(), "null");
    events.add("created", "'response':" + begun);
    events.add("in_progress", "'response':" + begun);
    List<String> items = items(reply, thinks);
    int index = 0;
    if (thinks && reply.thought() != null) {
      events.thought(index, items.get(index), reply.thought());
      index++;
    }
    if (!reply.text().isEmpty()) {
      events.text(index, items.get(index), reply);
      index++;
    }
    for (String city : reply.cities()) {
      events.call(index, items.get(index), city);
      index++;
    }
    events.add("completed", "'response':" + response("completed", items, USAGE));
    return events.out.toString();
  }

  private static final class Events {
    private final StringBuilder out = new StringBuilder();
    private int number;

    void add(String type, String members) {
      out.append("event: response.")
          .append(type)
          .append(
              Hearing.json(
                  "\ndata: {'type':'response."
                      + type
                      + "','sequence_number':"
                      + number++
                      + ","
                      + members
                      + "}\n\n"));
    }

    private void item(String change, int index, String item) {
      add("output_item." + change, "'output_index':" + index + ",'item':" + item);
    }

    void thought(int index, String item, String thought) {
      item(
          "added",
          index,
          "{'id':'rs_1','type':'reasoning','summary':[],'encrypted_content':'%s'}"
              .formatted(Script.SIGNATURE));
      String at = "'item_id':'rs_1','output_index':" + index + ",'summary_index':0,";
      add("reasoning_summary_part.added", at + "'part':{'type':'summary_text','text':''}");
      add("reasoning_summary_text.delta", at + "'delta':'" + thought + "'");
      add("reasoning_summary_text.done", at + "'text':'" + thought + "'");
      add(
          "reasoning_summary_part.done",
          at + "'part':{'type':'summary_text','text':'" + thought + "'}");
      item("done", index, item);
    }

    void text(int index, String item, Script.Reply reply) {
      item(
          "added",
          index,
          "{'id':'msg_1','type':'message','status':'in_progress','role':'assistant','content':[]}");
      String at = "'item_id':'msg_1','output_index':" + index + ",'content_index':0,";
      add("content_part.added", at + "'part':" + ResponsesWire.text(""));
      for (String piece : reply.text()) {
        add("output_text.delta", at + "'delta':'" + piece + "','logprobs':[]");
      }
      add("output_text.done", at + "'text':'" + reply.wholeText() + "','logprobs':[]");
      add("content_part.done", at + "'part':" + ResponsesWire.text(reply.wholeText()));
      item("done", index, item);
    }

    void call(int index, String item, String city) {
      item("added", index, ResponsesWire.call(city, "", "in_progress"));
      String at = "'item_id':'" + Script.id("fc_", city) + "','output_index':" + index + ",";
      for (String piece : Script.arguments(city)) {
        add("function_call_arguments.delta", at + "'delta':" + Hearing.quoted(piece));
      }
      add(
          "function_call_arguments.done",
          at + "'arguments':" + Hearing.quoted(String.join("", Script.arguments(city))));
      item("done", index, item);
    }
  }
}
