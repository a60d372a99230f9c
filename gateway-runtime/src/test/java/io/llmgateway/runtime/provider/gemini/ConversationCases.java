package io.llmgateway.runtime.provider.gemini;

import static io.llmgateway.runtime.provider.gemini.Asked.user;
import static io.llmgateway.runtime.provider.gemini.RequestCase.OLD;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import java.util.List;

/** What is said, shown and heard. */
final class ConversationCases {
  private ConversationCases() {}

  static List<RequestCase> conversations() {
    return List.of(
        new RequestCase(
            "one question",
            OLD,
            user("Explain how AI works in a few words"),
            """
            {'contents': [{'role': 'user',
                           'parts': [{'text': 'Explain how AI works in a few words'}]}],
             'generationConfig': {}}\
            """),
        new RequestCase(
            "system and developer messages",
            OLD,
            new Asked()
                .message(Role.SYSTEM, new Part.Text("You are a cat. Your name is Neko."))
                .message(Role.DEVELOPER, new Part.Text("Purr."))
                .message(Role.USER, new Part.Text("Hello there")),
            """
            {'systemInstruction': {'parts': [{'text': 'You are a cat. Your name is Neko.'},
                                             {'text': 'Purr.'}]},
             'contents': [{'role': 'user', 'parts': [{'text': 'Hello there'}]}]}\
            """),
        new RequestCase(
            "instructions alone are asked as a question",
            OLD,
            new Asked().message(Role.SYSTEM, new Part.Text("Say hello.")),
            """
            {'contents': [{'role': 'user', 'parts': [{'text': 'Say hello.'}]}]}\
            """),
        new RequestCase(
            "several turns, an empty one left out, neighbours of one role together",
            OLD,
            user("Hello")
                .message(Role.ASSISTANT, new Part.Text("Great to meet you."))
                .message(Role.ASSISTANT, new Part.Text(""), new Part.Refusal("I cannot."))
                .message(Role.USER, new Part.Text("I have two dogs."))
                .message(Role.USER, new Part.Text("How many paws?")),
            """
            {'contents': [
              {'role': 'user', 'parts': [{'text': 'Hello'}]},
              {'role': 'model', 'parts': [{'text': 'Great to meet you.'}, {'text': 'I cannot.'}]},
              {'role': 'user', 'parts': [{'text': 'I have two dogs.'},
                                         {'text': 'How many paws?'}]}]}\
            """),
        new RequestCase(
            "cache markers are left out, as Gemini caches by itself",
            OLD,
            new Asked().message(Role.USER, new Part.Text("Long", new CacheMarker("1h"), List.of())),
            """
            {'contents': [{'role': 'user', 'parts': [{'text': 'Long'}]}]}\
            """));
  }

  static List<RequestCase> media() {
    return List.of(
        new RequestCase(
            "images in base64 and by URL",
            OLD,
            new Asked()
                .message(
                    Role.USER,
                    new Part.Text("Tell me about this"),
                    new Part.Image(new Source.Base64("image/png", "iVBORw0="), "high", null),
                    new Part.Image(
                        new Source.Url("https://example.com/a/cat.webp?w=5.png"), null, null),
                    new Part.Image(new Source.Url("gs://bucket/photo"), "auto", null)),
            """
            {'contents': [{'role': 'user', 'parts': [
               {'text': 'Tell me about this'},
               {'inlineData': {'mimeType': 'image/png', 'data': 'iVBORw0='}},
               {'fileData': {'mimeType': 'image/webp',
                             'fileUri': 'https://example.com/a/cat.webp?w=5.png'}},
               {'fileData': {'mimeType': 'image/jpeg', 'fileUri': 'gs://bucket/photo'}}]}],
             'generationConfig': {'mediaResolution': 'MEDIA_RESOLUTION_HIGH'}}\
            """),
        new RequestCase(
            "documents and audio",
            OLD,
            new Asked()
                .message(
                    Role.USER,
                    new Part.Document(
                        new Source.Base64("application/pdf", "JVBERi0="),
                        "Contract",
                        "Signed in May",
                        null,
                        null),
                    new Part.Document(new Source.PlainText("Plain."), null, null, false, null),
                    new Part.Document(
                        new Source.File(
                            "https://generativelanguage.googleapis.com/v1beta/files/abc"),
                        null,
                        null,
                        null,
                        null),
                    new Part.Audio("wav", "UklGRg==")),
            """
            {'contents': [{'role': 'user', 'parts': [
               {'text': 'Document: Contract\\nSigned in May'},
               {'inlineData': {'mimeType': 'application/pdf', 'data': 'JVBERi0='}},
               {'text': 'Plain.'},
               {'fileData': {
                  'fileUri': 'https://generativelanguage.googleapis.com/v1beta/files/abc'}},
               {'inlineData': {'mimeType': 'audio/wav', 'data': 'UklGRg=='}}]}]}\
            """));
  }
}
