package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Key;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of JSON for each request that ended. No body, no header, no query, no key. */
public final class AccessLog implements RequestObserver, AutoCloseable {
  /** What a thread formats its lines with. */
  private static final class Format {
    final JsonLine line = new JsonLine();
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    /** RFC 3339 in UTC; the part down to the second is made once in a second. */
    String time(long millis) {
      long now = Math.floorDiv(millis, 1000L);
      if (now != second) {
        second = now;
        String text = Instant.ofEpochSecond(now).toString();
        secondText = text.substring(0, text.length() - 1) + '.';
      }
      int rest = (int) Math.floorMod(millis, 1000L);
      return secondText
          + (char) ('0' + rest / 100)
          + (char) ('0' + rest / 10 % 10)
          + (char) ('0' + rest % 10)
          + 'Z';
    }
  }

  private final FastThreadLocal<Format> formats =
      new FastThreadLocal<>() {
        @Override
        protected Format initialValue() {
          return new Format();
        }
      };

  private final LineWriter writer;
  private final Clock clock;

  /**
   * @param out written to by one thread only
   */
  public AccessLog(OutputStream out, Clock clock) {
    this.writer = new LineWriter(out);
    this.clock = clock;
  }

  @Override
  public void requestStarted() {}

  @Override
  public void requestEnded(RequestRecord request) {
    Format format = formats.get();
    JsonLine line = format.line;
    line.begin();
    line.text("time", format.time(clock.millis()));
    line.text("request_id", request.id());
    Key key = request.key();
    if (key != null) {
      line.text("key_id", key.id());
      line.text("key", key.name());
      line.text("team", key.team());
      line.text("user", key.user());
    }
    line.text("method", request.method());
    line.text("path", withoutQuery(request.path()));
    line.text("operation", request.operation());
    line.text("model", request.model());
    line.text("route", request.route());
    line.text("backend", request.backend());
    line.text("provider", request.system());
    line.flag("stream", request.streamed());
    line.number("status", request.status());
    line.text("error", request.errorCode());
    line.millis("duration_ms", request.durationNanos());
    line.millis("first_token_ms", request.firstTokenNanos());
    line.millis("upstream_ms", request.upstreamNanos());
    usage(line, request.usage());
    if (request.costUsd() != null) {
      line.text("cost_usd", request.costUsd().stripTrailingZeros().toPlainString());
    }
    line.number("request_bytes", request.requestBytes());
    line.number("response_bytes", request.responseBytes());
    line.end();
    writer.write(line.bytes(), line.length());
  }

  /** Lines given up because the output was too slow. */
  public long dropped() {
    return writer.dropped();
  }

  /** Writes what is still to be written. */
  @Override
  public void close() {
    writer.close();
  }

  private static void usage(JsonLine line, @Nullable Usage usage) {
    if (usage != null) {
      line.number("input_tokens", usage.inputTokens());
      line.number("output_tokens", usage.outputTokens());
      line.number("input_cached_tokens", usage.cachedInputTokens());
      line.number(
          "input_cache_write_tokens", usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens());
      line.number("output_reasoning_tokens", usage.reasoningTokens());
    }
  }

  /** Some clients put their key into the query. */
  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
