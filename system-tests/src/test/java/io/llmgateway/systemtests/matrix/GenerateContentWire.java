package io.llmgateway.systemtests.matrix;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Google's <a href="https://ai.google.dev/api/generate-content">generateContent</a>, with a model
 * that insists on its <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">thought
 * signatures</a>.
 */
enum GenerateContentWire {
  /** The Gemini API gives its calls ids. */
  GEMINI,
  /** Vertex AI tells them apart by their order. */
  VERTEX;

  static final String MODEL = "gemini-3-pro-preview";

  /** What the documentation gives to those who do not have a call's signature. */
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  Heard heard(String path, JsonNode body) {
    boolean streamed = path.endsWith("/models/" + MODEL + ":streamGenerateContent?alt=sse");
    if (!streamed && !path.endsWith("/models/" + MODEL + ":generateContent")) {
      throw new RefusedException("models is not found for API version");
    }
    Hearing hearing = new Hearing();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        JsonNode schema = function.path("parametersJsonSchema");
        hearing.tool(
            function.path("name").asString(),
            schema.isMissingNode() ? function.path("parameters") : schema);
      }
    }
    if (body.has("systemInstruction")) {
      hearing.system(body.at("/systemInstruction/parts"));
    }
    int number = 0;
    for (JsonNode content : body.path("contents")) {
      number++;
      boolean model = content.path("role").asString("").equals("model");
      boolean calls = false;
      for (JsonNode part : content.path("parts")) {
        if (part.has("functionCall")) {
          signature(hearing, part, !calls);
          calls = true;
          call(hearing, part.path("functionCall"), number + "." + hearing.unanswered().size());
        } else if (part.has("functionResponse")) {
          result(hearing, part.path("functionResponse"));
        } else if (model && !part.path("thought").asBoolean(false)) {
          hearing.assistant(part.path("text"));
        } else if (!model) {
          hearing.user(part.path("text"));
        }
      }
    }
    boolean thinks = body.at("/generationConfig/thinkingConfig/includeThoughts").asBoolean(false);
    return hearing.done(streamed, thinks);
  }

  private static void signature(Hearing hearing, JsonNode part, boolean first) {
    String signature = part.path("thoughtSignature").asString("");
    if (signature.isEmpty() && first) {
      throw new RefusedException(
          "Function call is missing a thought_signature in functionCall parts.");
    }
    if (!signature.isEmpty() && !signature.equals(NO_SIGNATURE)) {
      hearing.signature(signature);
    }
  }

  private void call(Hearing hearing, JsonNode call, String otherwise) {
    String id = call.path("id").asString("");
    if (this == VERTEX && !id.isEmpty()) {
      throw new RefusedException("an id of a call that was given none: " + id);
    }
    hearing.call(id.isEmpty() ? otherwise : id, call.path("name").asString(""), call.path("args"));
  }

  private static void result(Hearing hearing, JsonNode result) {
    if (!result.path("name").asString("").equals(Script.TOOL) || hearing.unanswered().isEmpty()) {
      throw new RefusedException(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
    String id = result.path("id").asString(hearing.unanswered().getFirst());
    hearing.result(id, result.at("/response/output"));
  }

  /** Whole, or as the only candidate's chunks. */
  String whole(Script.Reply reply, boolean thinks) {
    return Hearing.json(chunk(String.join(",", parts(reply, thinks)), true));
  }

  String events(Script.Reply reply, boolean thinks) {
    List<String> parts = parts(reply, thinks);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String chunk = chunk(parts.get(i), i == parts.size() - 1);
      out.append("data: ").append(Hearing.json(chunk)).append("\r\n\r\n");
    }
    return out.toString();
  }

  private static String chunk(String parts, boolean last) {
    return "{'candidates':[{'content':{'role':'model','parts':["
        + parts
        + "]}"
        + (last ? ",'finishReason':'STOP'" : "")
        + ",'index':0}],'usageMetadata':{'promptTokenCount':20,'cachedContentTokenCount':5,"
        + "'candidatesTokenCount':7,'totalTokenCount':27},'modelVersion':'"
        + MODEL
        + "','responseId':'r1'}";
  }

  private List<String> parts(Script.Reply reply, boolean thinks) {
    List<String> parts = new ArrayList<>();
    if (thinks && reply.thought() != null) {
      parts.add("{'text':'" + reply.thought() + "','thought':true}");
    }
    reply.text().forEach(piece -> parts.add("{'text':'" + piece + "'}"));
    for (int i = 0; i < reply.cities().size(); i++) {
      String city = reply.cities().get(i);
      parts.add(
          "{'functionCall':{%s'name':'%s','args':%s}%s}"
              .formatted(
                  this == GEMINI ? "'id':'" + Script.id("fc", city) + "'," : "",
                  Script.TOOL,
                  String.join("", Script.arguments(city)),
                  i == 0 ? ",'thoughtSignature':'" + Script.SIGNATURE + "'" : ""));
    }
    return parts;
  }
}
