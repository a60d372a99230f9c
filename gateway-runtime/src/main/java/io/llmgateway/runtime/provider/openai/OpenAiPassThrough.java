package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.inspect.Edit;
import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Chunks;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's bytes go upstream as they came, but for the model's name and the wish for a stream's
 * usage; and the upstream's come back as they are.
 */
final class OpenAiPassThrough implements ProviderCall {
  private final ApiRequest request;
  private final Backend backend;
  private final OpenAiUpstream upstream;
  private final RequestHeads heads;
  private final byte @Nullable [] model;

  /**
   * @param model the name upstream, as JSON; null: as the client said it
   */
  OpenAiPassThrough(
      ApiRequest request,
      Backend backend,
      OpenAiUpstream upstream,
      RequestHeads heads,
      byte @Nullable [] model) {
    this.request = request;
    this.backend = backend;
    this.upstream = upstream;
    this.heads = heads;
    this.model = model;
  }

  @Override
  public Endpoint endpoint() {
    return upstream.endpoint();
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    List<Edit> edits = edits(request.inspected());
    int growth = Edit.growth(edits);
    int here = request.body().readableBytes() + growth;
    ByteBuf out = allocator.buffer(RequestHeads.ROOM + here);
    if (request.length() == ApiRequest.UNKNOWN) {
      heads.write(request, ApiRequest.UNKNOWN, out);
      Chunks.open(here, out);
      Edit.write(request.body(), edits, out);
      Chunks.close(out);
    } else {
      heads.write(request, request.length() + growth, out);
      Edit.write(request.body(), edits, out);
    }
    return out;
  }

  private List<Edit> edits(Inspected.Valid inspected) {
    Edit usage = usageEdit();
    if (model == null) {
      return usage == null ? List.of() : List.of(usage);
    }
    Edit rename = new Edit(inspected.modelStart(), inspected.modelEnd(), name(model));
    if (usage == null) {
      return List.of(rename);
    }
    List<Edit> both = new ArrayList<>(List.of(rename, usage));
    both.sort(Comparator.comparingInt(Edit::start));
    return both;
  }

  /** In a form, a value has no quotes. */
  private byte[] name(byte[] json) {
    String name = backend.model();
    return request.operation().multipart() && name != null ? name.getBytes(UTF_8) : json;
  }

  private @Nullable Edit usageEdit() {
    return upstream.takesStreamOptions() ? request.inspected().usageEdit() : null;
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    boolean responses = request.operation() == Operation.RESPONSES;
    // By what it is, not by what was asked for: a server that cannot stream answers whole.
    if (type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length())) {
      return switch (request.operation()) {
        case RESPONSES -> new ResponsesStreamDecoder(backend, type, allocator);
        case TRANSCRIPTIONS, SPEECH, IMAGES -> new MediaDecoder(type, true, allocator);
        default -> new OpenAiStreamDecoder(backend, type, usageEdit() != null, allocator);
      };
    }
    if (isMedia() && !type.regionMatches(true, 0, "application/json", 0, 16)) {
      return new MediaDecoder(type, false, allocator);
    }
    return new OpenAiReplyDecoder(backend, type, head, responses, allocator);
  }

  /** Transcripts may be subtitles or plain text, and speech is sound. */
  private boolean isMedia() {
    return request.operation() == Operation.TRANSCRIPTIONS
        || request.operation() == Operation.SPEECH;
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    if (status == 401) {
      upstream.refused();
    }
    return OpenAiFailure.of(status, body, backend);
  }
}
