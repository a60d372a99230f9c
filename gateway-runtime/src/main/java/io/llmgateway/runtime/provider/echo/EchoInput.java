package io.llmgateway.runtime.provider.echo;

import io.llmgateway.runtime.inspect.JsonSource;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What the echo answers to.
 *
 * @param text of the last user message, or the prompt
 * @param inputs of an embeddings request
 * @param words in all messages, prompts or inputs
 * @param includeUsage the client wants the usage in the stream
 * @param base64 the client wants embeddings so
 */
record EchoInput(
    String text, List<String> inputs, int words, boolean includeUsage, boolean base64) {

  static EchoInput read(ByteBuf body) {
    try (JsonParser json = JsonSource.open(body)) {
      Reader reader = new Reader(json);
      reader.body();
      return new EchoInput(
          reader.text, List.copyOf(reader.inputs), reader.words, reader.usage, reader.base64);
    } catch (JacksonException e) {
      // The body was checked before; this is a string beyond the parser's limit.
      return new EchoInput("", List.of(""), 0, false, false);
    }
  }

  /** What the echo says to it. */
  static String echo(String text) {
    return text.isEmpty() ? "echo:" : "echo: " + text;
  }

  static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      words += !space && !inWord ? 1 : 0;
      inWord = !space;
    }
    return words;
  }

  private static final class Reader {
    private final JsonParser json;
    private final List<String> inputs = new ArrayList<>();
    private String text = "";
    private int words;
    private boolean usage;
    private boolean base64;

    Reader(JsonParser json) {
      this.json = json;
    }

    void body() {
      json.nextToken();
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "messages" -> messages(value);
          case "prompt" -> {
            text = texts(value);
            words += words(text);
          }
          case "input" -> inputs(value);
          case "encoding_format" ->
              base64 = value == JsonToken.VALUE_STRING && json.getString().equals("base64");
          case "stream_options" -> options(value);
          default -> json.skipChildren();
        }
      }
    }

    private void options(JsonToken value) {
      if (value == JsonToken.START_OBJECT) {
        String name;
        while ((name = json.nextName()) != null) {
          JsonToken token = json.nextToken();
          usage |= name.equals("include_usage") && token == JsonToken.VALUE_TRUE;
          json.skipChildren();
        }
      } else {
        json.skipChildren();
      }
    }

    private void messages(JsonToken value) {
      if (value != JsonToken.START_ARRAY) {
        json.skipChildren();
        return;
      }
      JsonToken element;
      while ((element = json.nextToken()) != JsonToken.END_ARRAY) {
        if (element == JsonToken.START_OBJECT) {
          message();
        } else {
          json.skipChildren();
        }
      }
    }

    private void message() {
      boolean user = false;
      String content = "";
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals("role")) {
          user = value == JsonToken.VALUE_STRING && json.getString().equals("user");
          json.skipChildren();
        } else if (name.equals("content")) {
          content = texts(value);
        } else {
          json.skipChildren();
        }
      }
      words += words(content);
      if (user) {
        text = content;
      }
    }

    /** A string, or the texts of an array of strings or of content parts. */
    private String texts(JsonToken value) {
      if (value == JsonToken.VALUE_STRING) {
        return json.getString();
      }
      StringBuilder all = new StringBuilder();
      if (value == JsonToken.START_ARRAY) {
        JsonToken element;
        while ((element = json.nextToken()) != JsonToken.END_ARRAY) {
          if (element == JsonToken.VALUE_STRING) {
            all.append(json.getString());
          } else if (element == JsonToken.START_OBJECT) {
            all.append(part());
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
      return all.toString();
    }

    private String part() {
      String found = "";
      String name;
      while ((name = json.nextName()) != null) {
        if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("text")) {
          found = json.getString();
        } else {
          json.skipChildren();
        }
      }
      return found;
    }

    /** A string, strings, tokens, or lists of tokens. */
    private void inputs(JsonToken value) {
      if (value == JsonToken.VALUE_STRING) {
        input(json.getString());
        return;
      }
      if (value != JsonToken.START_ARRAY) {
        json.skipChildren();
        return;
      }
      StringBuilder tokens = new StringBuilder();
      JsonToken element;
      while ((element = json.nextToken()) != JsonToken.END_ARRAY) {
        if (element == JsonToken.VALUE_STRING) {
          input(json.getString());
        } else if (element == JsonToken.START_ARRAY) {
          input(numbers());
        } else if (element.isNumeric()) {
          tokens.append(json.getString()).append(' ');
        } else {
          json.skipChildren();
        }
      }
      if (!tokens.isEmpty()) {
        input(tokens.toString());
      }
    }

    private String numbers() {
      StringBuilder tokens = new StringBuilder();
      JsonToken element;
      while ((element = json.nextToken()) != JsonToken.END_ARRAY) {
        if (element.isNumeric()) {
          tokens.append(json.getString()).append(' ');
        } else {
          json.skipChildren();
        }
      }
      return tokens.toString();
    }

    private void input(String input) {
      inputs.add(input);
      words += words(input);
    }
  }
}
