package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Where an item stands in the output, and the stream that hears of it.
 *
 * @param id the item's own
 * @param index in {@code output}
 */
record Place(Events events, String id, int index) {

  void added(ByteBuf out, Consumer<JsonGenerator> item) {
    events.write(
        "response.output_item.added",
        out,
        json -> {
          json.writeNumberProperty("output_index", index);
          json.writeName("item");
          item.accept(json);
        });
  }

  void done(ByteBuf out, RawJson item) {
    events.write(
        "response.output_item.done",
        out,
        json -> {
          json.writeNumberProperty("output_index", index);
          JsonOut.raw(json, "item", item);
        });
  }

  /** An event about a piece of the item. */
  void piece(String type, ByteBuf out, Consumer<JsonGenerator> members) {
    events.write(
        type,
        out,
        json -> {
          json.writeStringProperty("item_id", id);
          json.writeNumberProperty("output_index", index);
          members.accept(json);
        });
  }

  static RawJson json(Consumer<JsonGenerator> value) {
    ByteBuf buffer = Unpooled.buffer(256);
    try (JsonGenerator json = JsonOut.into(buffer)) {
      value.accept(json);
    }
    return RawJson.of(buffer.toString(StandardCharsets.UTF_8));
  }
}
