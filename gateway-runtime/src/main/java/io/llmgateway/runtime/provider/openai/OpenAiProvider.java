package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.Edit;
import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.inspect.ReplyFacts;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** See the package. */
public final class OpenAiProvider implements RemoteProvider {
  private final Backend backend;
  private final Endpoint endpoint;
  private final RequestHeads heads;
  private final byte @Nullable [] model;

  public OpenAiProvider(Backend backend, ProviderConfig.OpenAi config) {
    this.backend = backend;
    this.endpoint = Endpoint.of(config.baseUrl(), config.caCertificates());
    this.heads = new RequestHeads(config.baseUrl(), endpoint, backend.credential());
    this.model = backend.model() == null ? null : quoted(backend.model());
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ByteBuf encode(ApiRequest request, ByteBufAllocator allocator) {
    List<Edit> edits = edits(request.inspected());
    int length = request.body().readableBytes() + Edit.growth(edits);
    ByteBuf out = allocator.buffer(RequestHeads.ROOM + length);
    heads.write(request, length, out);
    Edit.write(request.body(), edits, out);
    return out;
  }

  private List<Edit> edits(Inspected.Valid inspected) {
    Edit usage = inspected.usageEdit();
    if (model == null) {
      return usage == null ? List.of() : List.of(usage);
    }
    Edit rename = new Edit(inspected.modelStart(), inspected.modelEnd(), model);
    if (usage == null) {
      return List.of(rename);
    }
    List<Edit> both = new ArrayList<>(List.of(rename, usage));
    both.sort(Comparator.comparingInt(Edit::start));
    return both;
  }

  @Override
  public ReplyDecoder decoder(ApiRequest request, HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    // By what it is, not by what was asked for: a server that cannot stream answers whole.
    if (type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length())) {
      boolean unasked = request.inspected().usageEdit() != null;
      return new OpenAiStreamDecoder(backend, type, unasked, allocator);
    }
    return new OpenAiReplyDecoder(backend, type, head, allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    if (status == 401 || status == 403) {
      // Its body stays here: OpenAI's quotes a part of the key, and the key is ours.
      return new Failure(Errors.upstreamAuthentication(backend.name()), false);
    }
    int passed =
        switch (status) {
          case 400, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529 -> status;
          default -> status >= 400 && status < 500 ? 400 : 502;
        };
    if (status < 400) {
      return new Failure(
          Errors.upstreamInvalid(backend.name(), "answered with status " + status), false);
    }
    ReplyFacts facts = ReplyFacts.of(body);
    UpstreamError error = facts.error();
    String unexplained =
        "The backend '" + backend.name() + "' answered with status " + status + ".";
    String message =
        error == null
            ? unexplained
            : SafeText.of(error.message(), backend.credential(), unexplained);
    boolean asUpstream = error != null && passed == status && !quotesCredential(body);
    return new Failure(Errors.upstream(passed, message), asUpstream);
  }

  private boolean quotesCredential(ByteBuf body) {
    String credential = backend.credential();
    return credential != null
        && !credential.isEmpty()
        && body.toString(StandardCharsets.UTF_8).contains(credential);
  }

  private static byte[] quoted(String name) {
    byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    byte[] quoted = new byte[inner.length + 2];
    quoted[0] = '"';
    System.arraycopy(inner, 0, quoted, 1, inner.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }
}
