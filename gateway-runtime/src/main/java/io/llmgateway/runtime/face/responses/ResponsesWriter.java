package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one response: events as it comes about, or the whole of it at its end. */
final class ResponsesWriter implements ChatFace.Writer {
  private final ChatRequest request;
  private final ChatFace.Reply reply;
  private final Events events;
  private final List<RawJson> output = new ArrayList<>();
  private @Nullable ResponseObject response;
  private @Nullable OutputItem open;
  private @Nullable FinishReason finish;
  private @Nullable Usage usage;

  ResponsesWriter(ChatRequest request, ChatFace.Reply reply) {
    this.request = request;
    this.reply = reply;
    this.events = new Events(request.stream());
  }

  @Override
  public String contentType() {
    return request.stream() ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Started started -> begin(started.id(), out);
      case ChatEvent.Text text -> message(out).text(text.text(), out);
      case ChatEvent.Refusal refusal -> message(out).refusal(refusal.text(), out);
      case ChatEvent.Thinking thinking -> reasoning(out).thought(thinking.text(), out);
      case ChatEvent.ThinkingSignature signature ->
          signed(ReasoningSeal.Kind.SIGNATURE, signature.signature(), out);
      case ChatEvent.RedactedThinking redacted -> {
        endItem("completed", out);
        reasoning(out).seal(ReasoningSeal.Kind.REDACTED, redacted.data());
        endItem("completed", out);
      }
      case ChatEvent.ToolCall call -> call(call, out);
      case ChatEvent.ToolArguments arguments -> {
        if (open instanceof CallItem item && item.is(arguments.call())) {
          item.arguments(arguments.fragment(), out);
        }
      }
      case ChatEvent.Citation citation -> message(out).citation(citation.citation(), out);
      case ChatEvent.Logprobs logprobs -> message(out).logprobs(Logprobs.tokens(logprobs));
      case ChatEvent.PartEnded _ -> partEnded(out);
      case ChatEvent.Finished finished -> {
        finish = finished.reason();
        endItem(incomplete(finished.reason()) == null ? "completed" : "incomplete", out);
      }
      case ChatEvent.Used used -> usage = used.usage();
      case ChatEvent.Failed _ -> {}
    }
  }

  private ResponseObject begin(@Nullable String upstreamId, ByteBuf out) {
    ResponseObject begun = response;
    if (begun != null) {
      return begun;
    }
    String id = id("resp", upstreamId == null ? reply.id() : upstreamId);
    ResponseObject created = new ResponseObject(request, reply, id);
    response = created;
    for (String type : List.of("response.created", "response.in_progress")) {
      whole(type, created, ResponseObject.State.BEGUN, out);
    }
    return created;
  }

  private MessageItem message(ByteBuf out) {
    if (open instanceof MessageItem message) {
      return message;
    }
    MessageItem message = new MessageItem(next("msg", out));
    begin(message, out);
    return message;
  }

  private ReasoningItem reasoning(ByteBuf out) {
    if (open instanceof ReasoningItem reasoning && !reasoning.sealed()) {
      return reasoning;
    }
    ReasoningItem reasoning = new ReasoningItem(next("rs", out));
    begin(reasoning, out);
    return reasoning;
  }

  private void signed(ReasoningSeal.Kind kind, String signature, ByteBuf out) {
    ReasoningItem item = open instanceof ReasoningItem thought ? thought : reasoning(out);
    item.seal(kind, signature);
  }

  /** A function call has no place for its provider's signature: it goes ahead of it. */
  private void call(ChatEvent.ToolCall call, ByteBuf out) {
    if (call.signature() != null) {
      endItem("completed", out);
      reasoning(out).seal(ReasoningSeal.Kind.CALL, call.signature());
    }
    begin(new CallItem(next("fc", out), call), out);
  }

  private void partEnded(ByteBuf out) {
    if (open instanceof MessageItem message) {
      message.endPart(out);
    } else {
      endItem("completed", out);
    }
  }

  private void begin(OutputItem item, ByteBuf out) {
    open = item;
    item.begin(out);
  }

  /** The next item's place, once the one before it has ended. */
  private Place next(String prefix, ByteBuf out) {
    begin((String) null, out);
    endItem("completed", out);
    return new Place(events, id(prefix, reply.id()) + "_" + output.size(), output.size());
  }

  private void endItem(String status, ByteBuf out) {
    if (open != null) {
      output.add(open.end(status, out));
      open = null;
    }
  }

  @Override
  public void end(ByteBuf out) {
    ResponseObject begun = begin((String) null, out);
    endItem("completed", out);
    String why = incomplete(finish);
    String status = why == null ? "completed" : "incomplete";
    var state = new ResponseObject.State(status, why, null, output, usage);
    if (request.stream()) {
      whole("response." + status, begun, state, out);
    } else {
      try (JsonGenerator json = JsonOut.into(out)) {
        begun.write(json, state);
      }
    }
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    ResponseObject begun = begin((String) null, out);
    endItem("incomplete", out);
    events.write(
        "error",
        out,
        json -> {
          json.writeStringProperty("code", error.code());
          json.writeStringProperty("message", error.message());
          json.writeStringProperty("param", error.param());
        });
    var state = new ResponseObject.State("failed", null, error, output, usage);
    whole("response.failed", begun, state, out);
  }

  private void whole(String type, ResponseObject object, ResponseObject.State state, ByteBuf out) {
    events.write(
        type,
        out,
        json -> {
          json.writeName("response");
          object.write(json, state);
        });
  }

  /** Null: it is complete. */
  private static @Nullable String incomplete(@Nullable FinishReason finish) {
    return switch (finish) {
      case MAX_TOKENS, CONTEXT_WINDOW -> "max_output_tokens";
      case CONTENT_FILTER -> "content_filter";
      case STOP, TOOL_CALLS, PAUSE -> null;
      case null -> null;
    };
  }

  private static String id(String prefix, String of) {
    int from = of.startsWith("req_") ? "req_".length() : 0;
    return prefix + "_" + of.substring(from);
  }
}
