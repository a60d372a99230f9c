package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads what the gateway must know from a request body and checks that all of it is JSON.
 *
 * <p>What is read here must be what the upstream will read. So a member that matters may stand
 * there once only, and in no other case: some servers take the first of two, others the last, and
 * Go's JSON ignores case.
 */
public final class RequestInspector {
  private static final byte[] OPTIONS_MEMBER =
      "\"stream_options\":{\"include_usage\":true},".getBytes(US_ASCII);
  private static final byte[] OPTIONS = "{\"include_usage\":true}".getBytes(US_ASCII);
  private static final byte[] USAGE_ALONE = "\"include_usage\":true".getBytes(US_ASCII);
  private static final byte[] USAGE_MEMBER = "\"include_usage\":true,".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final int MAX_MODEL_CHARS = 256;

  private final JsonParser json;
  private final boolean streamable;
  private @Nullable String model;
  private int modelStart;
  private int modelEnd;
  private boolean streamSeen;
  private boolean stream;
  private boolean optionsSeen;
  private @Nullable Edit usageEdit;

  private RequestInspector(JsonParser json, boolean streamable) {
    this.json = json;
    this.streamable = streamable;
  }

  /**
   * @param body contiguous; its indices stay
   * @param streamable whether {@code stream} means something to the operation
   */
  public static Inspected inspect(ByteBuf body, boolean streamable) {
    int bad = Utf8.firstBadByte(body);
    if (bad >= 0) {
      return new Inspected.Invalid(Errors.invalidJson("byte " + bad + " is not UTF-8."));
    }
    try (JsonParser json = JsonSource.open(body)) {
      return new RequestInspector(json, streamable).read();
    } catch (StreamConstraintsException e) {
      return new Inspected.Invalid(
          Errors.invalidJson("it is nested too deeply or has too long a number or name."));
    } catch (UnexpectedEndOfInputException e) {
      return new Inspected.Invalid(Errors.invalidJson("it ends too early, " + at(e) + "."));
    } catch (JacksonException e) {
      return new Inspected.Invalid(Errors.invalidJson("syntax error at " + at(e) + "."));
    }
  }

  private Inspected read() {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return new Inspected.Invalid(
          Errors.invalidJson(first == null ? "it is empty." : "it is another JSON value."));
    }
    int afterBrace = position();
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      ApiError problem =
          switch (name) {
            case "model" -> model(value);
            case "stream" -> stream(value);
            case "stream_options" -> options(value);
            default -> other(name);
          };
      if (problem != null) {
        return new Inspected.Invalid(problem);
      }
    }
    if (json.nextToken() != null) {
      return new Inspected.Invalid(Errors.invalidJson("something follows it."));
    }
    if (model == null) {
      return new Inspected.Invalid(Errors.missing("model", "name the model to call."));
    }
    if (stream && !optionsSeen) {
      usageEdit = new Edit(afterBrace, afterBrace, OPTIONS_MEMBER);
    }
    return new Inspected.Valid(model, modelStart, modelEnd, stream, stream ? usageEdit : null);
  }

  private @Nullable ApiError model(JsonToken value) {
    if (model != null) {
      return Errors.duplicate("model");
    }
    if (value != JsonToken.VALUE_STRING) {
      return Errors.wrongType("model", "a string");
    }
    modelStart = start();
    String name = json.getString();
    modelEnd = position();
    if (name.isEmpty() || name.length() > MAX_MODEL_CHARS) {
      return Errors.invalidValue("model", "a name of 1 to " + MAX_MODEL_CHARS + " characters");
    }
    if (!isWellFormed(name)) {
      return Errors.invalidValue("model", "Unicode, without half a surrogate pair");
    }
    model = name;
    return null;
  }

  private @Nullable ApiError stream(JsonToken value) {
    if (streamSeen) {
      return Errors.duplicate("stream");
    }
    streamSeen = true;
    if (!streamable) {
      json.skipChildren();
      return null;
    }
    if (!value.isBoolean() && value != JsonToken.VALUE_NULL) {
      return Errors.wrongType("stream", "true or false");
    }
    stream = value == JsonToken.VALUE_TRUE;
    return null;
  }

  private @Nullable ApiError options(JsonToken value) {
    if (optionsSeen) {
      return Errors.duplicate("stream_options");
    }
    optionsSeen = true;
    if (value == JsonToken.VALUE_NULL) {
      int start = start();
      usageEdit = new Edit(start, start + "null".length(), OPTIONS);
      return null;
    }
    if (value != JsonToken.START_OBJECT) {
      // Not ours to judge: the upstream says what is wrong with it.
      json.skipChildren();
      return null;
    }
    return optionsObject();
  }

  private @Nullable ApiError optionsObject() {
    int afterBrace = position();
    boolean empty = true;
    boolean seen = false;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      empty = false;
      if (name.equalsIgnoreCase("include_usage")) {
        if (seen || !name.equals("include_usage")) {
          return Errors.duplicate("stream_options.include_usage");
        }
        seen = true;
        if (value == JsonToken.VALUE_FALSE || value == JsonToken.VALUE_NULL) {
          int start = start();
          usageEdit = new Edit(start, start + json.getString().length(), TRUE);
        }
      }
      json.skipChildren();
    }
    if (!seen) {
      usageEdit = new Edit(afterBrace, afterBrace, empty ? USAGE_ALONE : USAGE_MEMBER);
    }
    return null;
  }

  private @Nullable ApiError other(String name) {
    for (String ours : new String[] {"model", "stream", "stream_options"}) {
      if (name.equalsIgnoreCase(ours)) {
        return Errors.duplicate(ours);
      }
    }
    json.skipChildren();
    return null;
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private int start() {
    return (int) json.currentTokenLocation().getByteOffset();
  }

  private int position() {
    return (int) json.currentLocation().getByteOffset();
  }

  private static String at(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null
        ? "at an unknown place"
        : "line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ", byte "
            + at.getByteOffset();
  }
}
