package io.llmgateway.systemtests.matrix;

import io.llmgateway.runtime.testing.StubUpstream;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A server of OpenAI's API, or of a part of it. */
final class OpenAiServer {
  private OpenAiServer() {}

  /**
   * @param credential the header that it wants; empty: none may be sent
   * @param responses the target of responses; empty: it has none
   */
  static StubUpstream start(
      ChatCompletionsWire wire,
      String credential,
      String chat,
      String responses,
      Function<Heard, Script.Reply> model) {
    return new StubUpstream(
        connection -> {
          StubUpstream.Request request;
          while ((request = connection.request()) != null) {
            String target = request.head().split(" ", 3)[1];
            if (!credentialIsRight(request.head(), credential)) {
              connection.write(error("401 Unauthorized", "Incorrect API key provided."));
            } else if (target.equals(chat)) {
              connection.write(answered(request, body -> chat(wire, body, model)));
            } else if (target.equals(responses)) {
              connection.write(answered(request, body -> response(body, model)));
            } else {
              connection.write(error("404 Not Found", "Invalid URL (POST " + target + ")"));
            }
          }
        });
  }

  private static boolean credentialIsRight(String head, String credential) {
    String lower = head.toLowerCase(Locale.ROOT);
    return credential.isEmpty()
        ? !lower.contains("\r\nauthorization:")
        : lower.contains("\r\n" + credential.toLowerCase(Locale.ROOT) + "\r\n");
  }

  private static String answered(StubUpstream.Request request, Function<JsonNode, String> answer) {
    try {
      return answer.apply(Hearing.read(request.text()));
    } catch (RefusedException e) {
      return error("400 Bad Request", e.reason());
    }
  }

  private static String chat(
      ChatCompletionsWire wire, JsonNode body, Function<Heard, Script.Reply> model) {
    Heard heard = wire.heard(body);
    Script.Reply reply = model.apply(heard);
    return heard.streamed()
        ? events(wire.events(reply, body.at("/stream_options/include_usage").asBoolean(false)))
        : StubUpstream.json(wire.whole(reply));
  }

  private static String response(JsonNode body, Function<Heard, Script.Reply> model) {
    Heard heard = ResponsesWire.heard(body);
    Script.Reply reply = model.apply(heard);
    return heard.streamed()
        ? events(ResponsesWire.events(reply, heard.thinks()))
        : StubUpstream.json(ResponsesWire.whole(reply, heard.thinks()));
  }

  private static String events(String events) {
    return StubUpstream.EVENTS + StubUpstream.chunk(events) + "0\r\n\r\n";
  }

  private static String error(String status, String message) {
    return StubUpstream.reply(
        status,
        "content-type: application/json\r\n",
        "{\"error\":{\"message\":"
            + Hearing.quoted(message)
            + ",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
  }
}
