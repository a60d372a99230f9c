package io.llmgateway.runtime.request;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.upstream.Fault;
import io.llmgateway.runtime.upstream.UpstreamCall;
import io.llmgateway.runtime.upstream.UpstreamListener;
import io.llmgateway.runtime.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Relays an upstream's reply. The client's head waits until the decoder gives out the first bytes:
 * whatever goes wrong before is a real status, whatever goes wrong after it ends the reply visibly.
 */
final class RemoteRelay implements Relay, UpstreamListener {
  /** More than this does not wait for the rest of what is being read. */
  private static final int FLUSH_BYTES = 32 * 1024;

  private final Exchange exchange;
  private final ReplyWriter writer;
  private final Settlement settlement;
  private final GatewaySettings.Limits limits;

  private @Nullable ProviderCall provided;
  private @Nullable UpstreamCall call;
  private @Nullable ReplyDecoder decoder;
  private @Nullable HttpHeaders upstreamHead;
  private @Nullable RefusedReply refused;
  private boolean headSent;
  private int unflushed;
  private boolean clientStalls;
  private long deadline;

  RemoteRelay(
      Exchange exchange, ReplyWriter writer, Settlement settlement, GatewaySettings.Limits limits) {
    this.exchange = exchange;
    this.writer = writer;
    this.settlement = settlement;
    this.limits = limits;
  }

  /**
   * Encodes the request, when the provider is ready, and calls.
   *
   * @param rest where more of the body is to come
   */
  void begin(
      RemoteProvider provider, ApiRequest request, UpstreamPool upstreams, @Nullable Upload rest) {
    awaitReply();
    new RequestEncoding(provider, request, backend(), writer.allocator(), writer.loop())
        .begin(encoded -> call(upstreams, encoded, rest));
  }

  /** From now on the upstream has what it needs for an answer. */
  void awaitReply() {
    allow(settlement.streamed ? limits.firstTokenTimeout() : limits.requestTimeout());
  }

  private void call(
      UpstreamPool upstreams, RequestEncoding.Encoded encoded, @Nullable Upload rest) {
    if (settlement.told()) {
      encoded.discard();
    } else if (encoded instanceof RequestEncoding.Encoded.Refused refusal) {
      exchange.refuse(refusal.error());
    } else if (encoded instanceof RequestEncoding.Encoded.Ready ready) {
      exchange.encoded();
      provided = ready.call();
      settlement.called(ready.call().endpoint());
      UpstreamCall started = upstreams.call(ready.call().endpoint(), ready.bytes(), rest, this);
      if (!settlement.told()) {
        call = started;
      }
    }
  }

  @Override
  public void head(HttpResponse head) {
    upstreamHead = head.headers();
    int status = head.status().code();
    settlement.answered(status);
    if (status >= 200 && status < 300) {
      decoder = settlement.reading(provided().decoder(head.headers(), writer.allocator()));
    } else {
      refused = new RefusedReply(status, head.headers(), writer.allocator());
    }
  }

  @Override
  public void content(ByteBuf content, boolean last) {
    if (decoder != null) {
      relay(decoder, content, last);
    } else if (refused != null) {
      explain(refused, content, last);
    } else {
      content.release();
    }
  }

  private void relay(ReplyDecoder decoding, ByteBuf content, boolean last) {
    ByteBuf out = decoding.decode(content, last);
    ApiError problem = decoding.problem();
    if (last) {
      settlement.upstreamOver();
    }
    if (problem != null) {
      problem(decoding, problem, out);
    } else if (!headSent && last) {
      writer.whole(head(decoding, settlement.overheadMicros(), decoding.usage()), out);
      over(200, decoding.relayedError(), false);
    } else {
      part(decoding, out);
      if (last) {
        writer.end();
        over(200, decoding.relayedError(), false);
      }
    }
  }

  private void part(ReplyDecoder decoding, ByteBuf out) {
    if (!out.isReadable()) {
      out.release();
      return;
    }
    if (!headSent) {
      headSent = true;
      writer.head(head(decoding, -1, null));
      if (decoding.events()) {
        settlement.firstEvent();
      }
    }
    if (decoding.events()) {
      allow(limits.streamIdleTimeout());
    }
    unflushed += out.readableBytes();
    writer.part(out);
    if (unflushed >= FLUSH_BYTES) {
      readComplete();
    }
    if (!writer.writable() && !clientStalls) {
      writable(false);
    }
  }

  private void problem(ReplyDecoder decoding, ApiError problem, ByteBuf out) {
    if (headSent && decoding.events()) {
      writer.part(out);
      breakStream(decoding, problem);
    } else if (headSent) {
      out.release();
      over(200, problem.code(), true);
    } else {
      out.release();
      fail(problem, null);
    }
  }

  /** Once events flow, an error is an event, too; the reply ends in order behind it. */
  private void breakStream(ReplyDecoder decoding, ApiError problem) {
    ByteBuf event = writer.allocator().buffer(256);
    decoding.errorEvent(problem, event);
    writer.part(event);
    writer.end();
    over(200, problem.code(), false);
  }

  private void explain(RefusedReply reply, ByteBuf content, boolean last) {
    reply.add(content);
    if (last || reply.overlong()) {
      Failure failure = provided().failure(reply.status(), reply.headers(), reply.body());
      fail(failure.error(), failure.asUpstream() ? reply.body().retainedSlice() : null);
    }
  }

  @Override
  public void readComplete() {
    if (unflushed > 0) {
      unflushed = 0;
      writer.flush();
    }
  }

  @Override
  public void failed(Fault fault) {
    settlement.upstreamOver();
    ReplyDecoder decoding = decoder;
    if (headSent && decoding != null && decoding.events()) {
      breakStream(decoding, UpstreamErrors.streamBroken(backend()));
    } else if (headSent) {
      over(200, "upstream_reply_cut", true);
    } else {
      fail(UpstreamErrors.of(fault, backend()), null);
    }
  }

  private void fail(ApiError error, @Nullable ByteBuf asUpstream) {
    release();
    exchange.refuse(error, upstreamHead, asUpstream);
  }

  private void over(int status, @Nullable String errorCode, boolean cut) {
    exchange.settle(status, errorCode, release(), cut);
  }

  /** Lets go of everything, also of the call where it still runs. */
  private @Nullable Usage release() {
    Usage usage = null;
    if (call != null) {
      call.cancel();
    }
    if (decoder != null) {
      usage = decoder.usage();
      settlement.responseModel = decoder.model();
      decoder.release();
      decoder = null;
    }
    if (refused != null) {
      refused.release();
      refused = null;
    }
    return usage;
  }

  private ReplyHead head(ReplyDecoder decoding, long overheadMicros, @Nullable Usage usage) {
    String type = decoding.contentType();
    return ReplyHead.success(settlement, type, overheadMicros, usage, upstreamHead);
  }

  @Override
  public void writable(boolean writable) {
    if (call != null && headSent) {
      call.reading(writable);
      clientStalls = !writable;
      if (decoder != null && decoder.events()) {
        // While the client does not read, the upstream is not read either: its silence is no fault.
        allow(limits.streamIdleTimeout());
      }
    }
  }

  @Override
  public void clientGone() {
    boolean begun = headSent;
    settlement.upstreamOver();
    Usage usage = release();
    settlement.tell(
        begun ? 200 : Settlement.CLIENT_GONE, "client_closed_request", usage, writer.bytes());
  }

  @Override
  public void abandon(ApiError error) {
    if (headSent) {
      over(200, error.code(), true);
    } else {
      fail(error, null);
    }
  }

  @Override
  public void sweep(long now) {
    if (now - deadline < 0) {
      return;
    }
    ReplyDecoder decoding = decoder;
    if (clientStalls) {
      over(200, "client_too_slow", true);
    } else if (!headSent) {
      fail(UpstreamErrors.noAnswer(settlement.streamed, backend()), null);
    } else if (decoding != null && decoding.events()) {
      breakStream(decoding, UpstreamErrors.timeout(backend(), "sent no further event in time"));
    } else {
      over(200, "upstream_timeout", true);
    }
  }

  private void allow(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  private ProviderCall provided() {
    return Objects.requireNonNull(provided, "a reply before its call");
  }

  private String backend() {
    return Objects.requireNonNullElse(settlement.backendName(), "");
  }
}
