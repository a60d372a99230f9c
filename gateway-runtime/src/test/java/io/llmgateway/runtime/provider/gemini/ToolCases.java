package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.call;
import static io.llmgateway.runtime.provider.gemini.Asked.result;
import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static io.llmgateway.runtime.provider.gemini.RequestCase.NEW;
import static io.llmgateway.runtime.provider.gemini.RequestCase.OLD;
import static io.llmgateway.runtime.provider.gemini.RequestCase.SCHEMA;

import io.llmgateway.runtime.chat.ChatRequest.ToolChoice;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import java.util.List;

/** Tools, their calls and their results. */
final class ToolCases {
  private ToolCases() {}

  static List<RequestCase> tools() {
    Asked history =
        user("Weather in Paris and London?")
            .message(
                Role.ASSISTANT,
                call("call_gw_1", "weather", "{\"city\":\"Paris\"}", null),
                call("call_gw_2", "weather", "{\"city\":\"London\"}", null))
            .message(Role.USER, result("call_gw_2", new Part.Text("12 C")))
            .message(Role.USER, result("call_gw_1", new Part.Text("15 C")))
            .message(Role.USER, new Part.Text("And tomorrow?"));
    String historyOld =
        """
        {'contents': [
          {'role': 'user', 'parts': [{'text': 'Weather in Paris and London?'}]},
          {'role': 'model', 'parts': [
            {'functionCall': {'name': 'weather', 'args': {'city': 'Paris'}}SIGNED},
            {'functionCall': {'name': 'weather', 'args': {'city': 'London'}}}]},
          {'role': 'user', 'parts': [
            {'functionResponse': {'name': 'weather', 'response': {'output': '15 C'}}},
            {'functionResponse': {'name': 'weather', 'response': {'output': '12 C'}}}]},
          {'role': 'user', 'parts': [{'text': 'And tomorrow?'}]}]}\
        """;
    return List.of(
        new RequestCase(
            "tools, and a choice that is the model's",
            OLD,
            user("Weather?")
                .tool("weather", SCHEMA, null)
                .tool("time", null, null)
                .choice(new ToolChoice.Auto()),
            """
            {'tools': [{'functionDeclarations': [
               {'name': 'weather', 'description': 'Does weather', 'parametersJsonSchema':
                 {'type': 'object', 'properties': {'city': {'type': 'string'}},
                  'required': ['city'], 'additionalProperties': false}},
               {'name': 'time', 'description': 'Does time'}]}],
             'toolConfig': {'functionCallingConfig': {'mode': 'AUTO'}}}\
            """),
        new RequestCase(
            "a forced tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.Named("weather")),
            """
            {'toolConfig': {'functionCallingConfig':
               {'mode': 'ANY', 'allowedFunctionNames': ['weather']}}}\
            """),
        new RequestCase(
            "any tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.Required()),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'ANY'}}}"),
        new RequestCase(
            "no tool",
            OLD,
            user("Weather?").tool("weather", SCHEMA, null).choice(new ToolChoice.None()),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'NONE'}}}"),
        new RequestCase(
            "strict tools",
            OLD,
            user("Weather?").tool("weather", SCHEMA, true).parallel(true),
            "{'toolConfig': {'functionCallingConfig': {'mode': 'VALIDATED'}}}"),
        new RequestCase(
            "parallel calls without ids, results in the order of the calls, tools not declared",
            OLD,
            history,
            historyOld.replace("SIGNED", "")),
        new RequestCase(
            "calls whose signature the client has lost",
            NEW,
            history,
            historyOld.replace(
                "SIGNED", ", 'thoughtSignature': 'skip_thought_signature_validator'")),
        new RequestCase(
            "calls with ids and a signature, a failed one among them",
            NEW,
            user("Go")
                .message(
                    Role.ASSISTANT,
                    new Part.Text("Well"),
                    call("p3xk2h9a", "weather", "{}", "U2lnbmF0dXJlQQ=="),
                    call("p3xk2h9b", "time", "{}", null))
                .message(
                    Role.USER,
                    new Part.ToolResult("p3xk2h9a", List.of(new Part.Text("down")), true, null),
                    result(
                        "p3xk2h9b",
                        new Part.Text("noon"),
                        new Part.Image(new Source.Base64("image/png", "aQ=="), null, null))),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Go'}]},
              {'role': 'model', 'parts': [
                {'text': 'Well'},
                {'functionCall': {'id': 'p3xk2h9a', 'name': 'weather', 'args': {}},
                 'thoughtSignature': 'U2lnbmF0dXJlQQ=='},
                {'functionCall': {'id': 'p3xk2h9b', 'name': 'time', 'args': {}}}]},
              {'role': 'user', 'parts': [
                {'functionResponse': {'id': 'p3xk2h9a', 'name': 'weather',
                                      'response': {'error': 'down'}}},
                {'functionResponse': {'id': 'p3xk2h9b', 'name': 'time',
                                      'response': {'output': 'noon'},
                                      'parts': [{'inlineData': {'mimeType': 'image/png',
                                                                'data': 'aQ=='}}]}}]}]}\
            """),
        new RequestCase(
            "an image as a result, where results hold no media",
            OLD,
            user("Go")
                .message(Role.ASSISTANT, call("call_gw_1", "shot", "{}", null))
                .message(
                    Role.USER,
                    result(
                        "call_gw_1",
                        new Part.Image(new Source.Base64("image/png", "aQ=="), null, null))),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Go'}]},
              {'role': 'model', 'parts': [{'functionCall': {'name': 'shot', 'args': {}}}]},
              {'role': 'user', 'parts': [
                {'functionResponse': {'name': 'shot', 'response': {'output': ''}}},
                {'inlineData': {'mimeType': 'image/png', 'data': 'aQ=='}}]}]}\
            """));
  }
}
