package io.llmgateway.runtime.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Does what blocks before a connection can be made, off the event loops: the system's name
 * resolution (the same answers as every other program on the machine gets, cached by the JDK) and
 * loading of trust stores.
 */
public final class Connector implements AutoCloseable {
  private static final String JDK_TRUST = "";

  private final ExecutorService blocking =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("resolve-", 0).factory());
  private final Map<String, SslContext> tls = new ConcurrentHashMap<>();
  private final Map<Endpoint, CompletableFuture<Prepared>> running = new ConcurrentHashMap<>();

  /** What a connection attempt needs, or why there can be none. */
  sealed interface Prepared {
    /**
     * @param addresses at least one, to be tried in this order
     */
    record Ready(List<InetAddress> addresses, @Nullable SslContext tls) implements Prepared {}

    record Failed(Fault fault) implements Prepared {}
  }

  /** Calls back on the loop; at once when nothing has to be waited for. */
  void prepare(Endpoint endpoint, EventLoop loop, Consumer<Prepared> then) {
    InetAddress literal = literal(endpoint.host());
    SslContext known = tls.get(trustOf(endpoint));
    if (literal != null && (!endpoint.tls() || known != null)) {
      then.accept(new Prepared.Ready(List.of(literal), endpoint.tls() ? known : null));
      return;
    }
    // One look-up answers all who wait for it, so that a slow resolver costs a thread per endpoint
    // and not one per request.
    CompletableFuture<Prepared> lookup =
        running.computeIfAbsent(
            endpoint, e -> CompletableFuture.supplyAsync(() -> prepare(e), blocking));
    lookup.whenComplete(
        (prepared, failure) -> {
          running.remove(endpoint, lookup);
          Prepared result = failure == null ? prepared : new Prepared.Failed(Fault.NO_CONNECTION);
          loop.execute(() -> then.accept(result));
        });
  }

  private Prepared prepare(Endpoint endpoint) {
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(endpoint.host()));
      return new Prepared.Ready(addresses, endpoint.tls() ? tls(endpoint) : null);
    } catch (UnknownHostException e) {
      return new Prepared.Failed(Fault.UNKNOWN_HOST);
    } catch (SSLException | IllegalArgumentException e) {
      return new Prepared.Failed(Fault.TLS);
    }
  }

  private SslContext tls(Endpoint endpoint) throws SSLException {
    String trust = trustOf(endpoint);
    SslContext context = tls.get(trust);
    if (context == null) {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (!trust.equals(JDK_TRUST)) {
        builder.trustManager(new ByteArrayInputStream(trust.getBytes(StandardCharsets.UTF_8)));
      }
      // The host's name is verified: Netty 4.2's default for clients.
      context = builder.build();
      tls.put(trust, context);
    }
    return context;
  }

  private static String trustOf(Endpoint endpoint) {
    return endpoint.caCertificates() == null ? JDK_TRUST : endpoint.caCertificates();
  }

  private static @Nullable InetAddress literal(String host) {
    char first = host.charAt(0);
    if (host.indexOf(':') < 0 && (first < '0' || first > '9')) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void close() {
    blocking.shutdownNow();
  }
}
