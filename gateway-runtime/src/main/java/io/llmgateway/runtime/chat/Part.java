package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message. */
public sealed interface Part {

  /**
   * Where the client wants the prompt kept up to and including this part; null: not here. Thinking
   * has none.
   */
  default @Nullable CacheMarker cache() {
    return null;
  }

  /**
   * @param citations of an earlier answer, as Anthropic writes them; empty when there are none
   */
  record Text(JsonString said, @Nullable CacheMarker cache, List<RawJson> citations)
      implements Part {
    public Text(JsonString said) {
      this(said, null, List.of());
    }

    public Text(String text) {
      this(JsonString.of(text));
    }

    public Text(String text, @Nullable CacheMarker cache, List<RawJson> citations) {
      this(JsonString.of(text), cache, citations);
    }

    public String text() {
      return said.text();
    }
  }

  /**
   * @param detail {@code auto}, {@code low} or {@code high}, in OpenAI's words
   */
  record Image(Source source, @Nullable String detail, @Nullable CacheMarker cache)
      implements Part {}

  /**
   * @param context what the model is told of it without citing it
   * @param citations whether the model shall cite it; null: the provider's default
   */
  record Document(
      Source source,
      @Nullable String title,
      @Nullable String context,
      @Nullable Boolean citations,
      @Nullable CacheMarker cache)
      implements Part {}

  /**
   * @param format such as {@code wav} or {@code mp3}
   * @param base64 the recording
   */
  record Audio(String format, String base64) implements Part {}

  /** What an answer refused to say. */
  record Refusal(String text) implements Part {}

  /**
   * @param signature by which its provider knows its own words again; null when there was none
   */
  record Thinking(String text, @Nullable String signature) implements Part {}

  /**
   * Thinking that only its provider can read.
   *
   * @param data base64
   */
  record RedactedThinking(String data) implements Part {}

  /**
   * @param arguments a JSON object
   * @param signature by which its provider knows its own call again (Gemini's {@code
   *     thoughtSignature}); null when there was none
   */
  record ToolUse(
      String id,
      String name,
      RawJson arguments,
      @Nullable String signature,
      @Nullable CacheMarker cache)
      implements Part {}

  /**
   * @param error the tool failed
   */
  record ToolResult(String toolUseId, List<Part> parts, boolean error, @Nullable CacheMarker cache)
      implements Part {}

  /** Where an image's or a document's bytes are. */
  sealed interface Source {
    /** {@code https://} mostly; a data URL is read into {@link Base64} by the face. */
    record Url(String url) implements Source {}

    /**
     * @param mediaType such as {@code image/png}
     */
    record Base64(String mediaType, String data) implements Source {}

    /** Plain text, as Anthropic's documents may have it. */
    record PlainText(String text) implements Source {}

    /** Uploaded to the provider before. */
    record File(String id) implements Source {}
  }
}
