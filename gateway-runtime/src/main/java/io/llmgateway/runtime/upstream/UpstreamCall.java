package io.llmgateway.runtime.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One request to an upstream, from taking a connection to the reply's last byte. */
public final class UpstreamCall {
  private final UpstreamPool pool;
  private final Endpoint endpoint;
  private final UpstreamListener listener;
  private final @Nullable RequestRest rest;

  /** Kept until the upstream answers, for a second try; not when more of it follows. */
  private @Nullable ByteBuf request;

  private @Nullable UpstreamConnection connection;
  private boolean answered;
  private boolean headSeen;
  private boolean over;

  UpstreamCall(
      UpstreamPool pool,
      Endpoint endpoint,
      ByteBuf request,
      @Nullable RequestRest rest,
      UpstreamListener listener) {
    this.pool = pool;
    this.endpoint = endpoint;
    this.request = request;
    this.rest = rest;
    this.listener = listener;
  }

  /** Gives the call up: the connection is closed, so that the upstream stops working for nobody. */
  public void cancel() {
    if (!over) {
      end();
      if (connection != null) {
        connection.close();
      }
    }
  }

  /** Back-pressure: whether more of the reply is wanted now. */
  public void reading(boolean on) {
    if (!over && connection != null) {
      connection.reading(on);
    }
  }

  /**
   * More of the request.
   *
   * @param bytes as they go over the wire; owned by the call
   */
  public void send(ByteBuf bytes) {
    if (over || connection == null) {
      bytes.release();
    } else {
      connection.sendMore(bytes);
    }
  }

  /** What was sent is the whole request. */
  public void requestSent() {
    if (!over && connection != null) {
      connection.requestSent();
    }
  }

  /** Whether the upstream takes more of the request now. */
  public boolean writable() {
    return !over && connection != null && connection.writable();
  }

  void writableChanged() {
    if (!over && rest != null) {
      rest.writable(writable());
    }
  }

  void start() {
    // A kept connection may just have been closed, and what follows cannot be sent twice.
    UpstreamConnection idle = rest == null ? pool.takeIdle(endpoint) : null;
    if (idle != null) {
      send(idle);
    } else {
      pool.connect(endpoint, this);
    }
  }

  /** Whether it still wants the connection that it waits for. */
  boolean waiting() {
    return !over;
  }

  void connected(UpstreamConnection fresh) {
    send(fresh);
  }

  void notConnected(Fault fault) {
    if (!over) {
      end();
      listener.failed(fault);
    }
  }

  private void send(UpstreamConnection to) {
    ByteBuf bytes = request;
    if (bytes == null) {
      return;
    }
    connection = to;
    to.send(this, bytes.retainedDuplicate(), rest == null);
    if (rest != null && !over) {
      releaseRequest();
      rest.connected(this);
    }
  }

  void answered() {
    if (!answered) {
      answered = true;
      releaseRequest();
    }
  }

  boolean headSeen() {
    return headSeen;
  }

  void head(HttpResponse head) {
    headSeen = true;
    listener.head(head);
  }

  void content(ByteBuf content, boolean last) {
    if (over) {
      content.release();
      return;
    }
    if (last) {
      end();
    }
    boolean taken = false;
    try {
      listener.content(content, last);
      taken = true;
    } finally {
      // Nothing else comes that could tell the client; before the end, the closed connection does.
      if (last && !taken) {
        listener.failed(Fault.CUT);
      }
    }
  }

  void readComplete() {
    if (!over) {
      listener.readComplete();
    }
  }

  /**
   * The connection is gone. A used one may have been closed by the upstream while our request was
   * on its way; as nothing came back, a second try on a fresh connection is safe.
   */
  void lost(UpstreamConnection from, Fault fault) {
    if (over) {
      return;
    }
    if (from.used() && !answered) {
      connection = null;
      pool.connect(endpoint, this);
    } else {
      end();
      listener.failed(fault);
    }
  }

  private void end() {
    over = true;
    releaseRequest();
  }

  private void releaseRequest() {
    if (request != null) {
      request.release();
      request = null;
    }
  }
}
