package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static io.llmgateway.runtime.provider.gemini.RequestCase.NEW;
import static io.llmgateway.runtime.provider.gemini.RequestCase.OLD;

import io.llmgateway.runtime.chat.ChatRequest.OutputFormat;
import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.ChatRequest.Sampling;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.List;

/** How the answer is chosen, thought about and shaped. */
final class GenerationCases {
  private GenerationCases() {}

  static List<RequestCase> generation() {
    return List.of(
        new RequestCase(
            "every way to sample",
            OLD,
            user("x")
                .sampling(
                    new Sampling(
                        800,
                        1.0,
                        0.8,
                        10,
                        0.5,
                        -0.5,
                        -7L,
                        List.of("Title", "\n"),
                        3,
                        true,
                        5,
                        RawJson.of("{}"))),
            """
            {'generationConfig': {'candidateCount': 3, 'maxOutputTokens': 800,
              'temperature': 1.0, 'topP': 0.8, 'topK': 10, 'frequencyPenalty': 0.5,
              'presencePenalty': -0.5, 'seed': -7, 'stopSequences': ['Title', '\\n'],
              'responseLogprobs': true, 'logprobs': 5}}\
            """),
        new RequestCase(
            "JSON",
            OLD,
            user("x").format(new OutputFormat.Json()),
            "{'generationConfig': {'responseMimeType': 'application/json'}}"),
        new RequestCase(
            "JSON by a schema",
            OLD,
            user("x")
                .format(
                    new OutputFormat.JsonSchema(
                        "city", null, RawJson.of("{\"type\":\"array\",\"maxItems\":3}"), true)),
            """
            {'generationConfig': {'responseMimeType': 'application/json',
              'responseJsonSchema': {'type': 'array', 'maxItems': 3}}}\
            """));
  }

  private static RequestCase thinking(String model, Reasoning reasoning, String expected) {
    return new RequestCase(
        reasoning + " for " + model,
        model,
        user("x").reasoning(reasoning),
        "{'generationConfig': " + expected + "}");
  }

  static List<RequestCase> thinking() {
    return List.of(
        thinking(
            NEW,
            new Reasoning.Effort("low"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingLevel': 'low'}}"),
        thinking(
            NEW,
            new Reasoning.Effort("xhigh"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingLevel': 'high'}}"),
        thinking(
            NEW, new Reasoning.Effort("none"), "{'thinkingConfig': {'thinkingLevel': 'minimal'}}"),
        thinking(
            "gemini-3.1-pro-preview",
            new Reasoning.Off(),
            "{'thinkingConfig': {'thinkingLevel': 'low'}}"),
        thinking(
            "gemini-4-argon",
            new Reasoning.Adaptive(),
            "{'thinkingConfig': {'includeThoughts': true}}"),
        thinking(
            NEW,
            new Reasoning.Budget(2000),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 2000}}"),
        thinking(
            OLD,
            new Reasoning.Effort("minimal"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 1024}}"),
        thinking(
            OLD,
            new Reasoning.Effort("high"),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': 24576}}"),
        thinking(OLD, new Reasoning.Off(), "{'thinkingConfig': {'thinkingBudget': 0}}"),
        thinking(
            "gemini-2.5-pro", new Reasoning.Off(), "{'thinkingConfig': {'thinkingBudget': 128}}"),
        thinking("gemini-2.0-flash", new Reasoning.Off(), "{}"),
        thinking(
            OLD,
            new Reasoning.Adaptive(),
            "{'thinkingConfig': {'includeThoughts': true, 'thinkingBudget': -1}}"),
        new RequestCase(
            "thinking comes back with its signature, another provider's without",
            NEW,
            user("x")
                .message(
                    Role.ASSISTANT,
                    new Part.Thinking("Hm", "gemini.U2ln"),
                    new Part.Thinking("Ah", "EqQBCgIYAhIM"),
                    new Part.RedactedThinking("EmwKAhgBEgy3"),
                    new Part.Text("Yes"),
                    new Part.RedactedThinking("gemini.VGV4dA=="))
                .message(Role.USER, new Part.Text("Sure?")),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'x'}]},
              {'role': 'model', 'parts': [
                {'text': 'Hm', 'thought': true, 'thoughtSignature': 'U2ln'},
                {'text': 'Ah', 'thought': true},
                {'text': 'Yes'},
                {'text': '', 'thoughtSignature': 'VGV4dA=='}]},
              {'role': 'user', 'parts': [{'text': 'Sure?'}]}]}\
            """));
  }

  static List<RequestCase> others() {
    return List.of(
        new RequestCase(
            "what is Gemini's own, and a search",
            OLD,
            user("x")
                .other("safety_settings", "[{\"category\":\"HARM_CATEGORY_HARASSMENT\"}]")
                .other("cachedContent", "\"cachedContents/abc\"")
                .other("web_search_options", "{}")
                .other("metadata", "{\"a\":\"b\"}")
                .other("modalities", "[\"text\"]")
                .other("store", "false"),
            """
            {'safetySettings': [{'category': 'HARM_CATEGORY_HARASSMENT'}],
             'cachedContent': 'cachedContents/abc',
             'tools': [{'googleSearch': {}}]}\
            """));
  }
}
