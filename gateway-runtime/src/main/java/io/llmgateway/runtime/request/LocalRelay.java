package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.provider.LocalProvider;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Relays what a local provider says, as fast as the client takes it. */
final class LocalRelay implements Relay {
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Exchange exchange;
  private final ReplyWriter writer;
  private final Settlement settlement;
  private final LocalProvider.Answer.Parts answer;
  private boolean headSent;
  private long stalledSince;
  private boolean stalled;
  private boolean pumping;

  LocalRelay(
      Exchange exchange,
      ReplyWriter writer,
      Settlement settlement,
      LocalProvider.Answer.Parts answer) {
    this.exchange = exchange;
    this.writer = writer;
    this.settlement = settlement;
    this.answer = answer;
  }

  void go() {
    Iterator<ByteBuf> parts = answer.parts();
    ByteBuf first = parts.next();
    if (!parts.hasNext()) {
      writer.whole(head(settlement.overheadMicros(), answer.usage()), first);
      exchange.settle(200, null, answer.usage(), false);
      return;
    }
    writer.head(head(-1, null));
    headSent = true;
    if (settlement.streamed) {
      settlement.firstEvent();
    }
    writer.part(first);
    pump();
  }

  private ReplyHead head(long overheadMicros, @Nullable Usage usage) {
    return ReplyHead.success(settlement, answer.contentType(), overheadMicros, usage, null);
  }

  @Override
  public void writable(boolean writable) {
    stalled = !writable;
    stalledSince = System.nanoTime();
    if (writable && headSent) {
      pump();
    }
  }

  /** Writing tells of writability, and so comes back here: one pump at a time. */
  private void pump() {
    if (pumping || settlement.told()) {
      return;
    }
    pumping = true;
    Iterator<ByteBuf> parts = answer.parts();
    while (writer.writable() && parts.hasNext()) {
      writer.part(parts.next());
      if (!writer.writable()) {
        writer.flush();
      }
    }
    pumping = false;
    if (parts.hasNext()) {
      writer.flush();
    } else {
      writer.end();
      exchange.settle(200, null, answer.usage(), false);
    }
  }

  @Override
  public void clientGone() {
    settlement.tell(
        headSent ? 200 : Settlement.CLIENT_GONE, "client_closed_request", null, writer.bytes());
  }

  @Override
  public void abandon(ApiError error) {
    if (headSent) {
      exchange.settle(200, error.code(), null, true);
    } else {
      exchange.refuse(error);
    }
  }

  @Override
  public void sweep(long now) {
    if (stalled && now - stalledSince > STALL_NANOS) {
      exchange.settle(200, "client_too_slow", null, true);
    }
  }
}
