package io.llmgateway.runtime.server;

import io.netty.handler.ssl.SslContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * @param port 0: any free one, see {@link GatewayServer#port()}
 * @param reusePort lets several processes listen on the same port (Linux only)
 * @param eventLoops threads; each has its own connections to the upstreams
 * @param tls asked for each accepted connection, so that a renewed certificate needs no restart;
 *     null: plain HTTP
 */
public record ServerOptions(
    String host, int port, boolean reusePort, int eventLoops, @Nullable Supplier<SslContext> tls) {}
