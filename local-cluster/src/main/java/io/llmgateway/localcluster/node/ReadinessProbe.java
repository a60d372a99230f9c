package io.llmgateway.localcluster.node;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks a process whether it is ready: often until it is, then now and then. */
final class ReadinessProbe implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final long EAGER_MILLIS = 50;
  private static final long CALM_MILLIS = 1_000;
  private static final int FAILURES = 2;

  private final URI uri;
  private final Runnable changed;
  private final Thread thread;
  private volatile boolean ready;

  /**
   * @param changed told of each change
   */
  ReadinessProbe(int port, String path, Runnable changed) {
    uri = URI.create("http://127.0.0.1:" + port + path);
    this.changed = changed;
    thread = Thread.ofVirtual().name("probe-" + port).start(this::run);
  }

  boolean ready() {
    return ready;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    int failures = 0;
    try {
      while (true) {
        failures = ask() ? 0 : failures + 1;
        boolean next = failures == 0 || ready && failures < FAILURES;
        if (next != ready) {
          ready = next;
          changed.run();
        }
        Thread.sleep(ready && failures == 0 ? CALM_MILLIS : EAGER_MILLIS);
      }
    } catch (InterruptedException e) {
      // close() is the only one who interrupts
    }
  }

  private boolean ask() {
    HttpURLConnection connection = null;
    try {
      connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }
}
