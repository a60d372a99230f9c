package io.llmgateway.runtime.face.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.JsonOut;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The events of one stream, numbered; of a reply that is none, nothing is written. */
final class Events {
  private final boolean stream;
  private int sequence;

  Events(boolean stream) {
    this.stream = stream;
  }

  /**
   * @param members what stands in the event's data besides its type and number
   */
  void write(String type, ByteBuf out, Consumer<JsonGenerator> members) {
    if (!stream) {
      return;
    }
    out.writeCharSequence("event: ", US_ASCII);
    out.writeCharSequence(type, US_ASCII);
    out.writeCharSequence("\ndata: ", US_ASCII);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("type", type);
      json.writeNumberProperty("sequence_number", sequence++);
      members.accept(json);
      json.writeEndObject();
    }
    out.writeCharSequence("\n\n", US_ASCII);
  }
}
