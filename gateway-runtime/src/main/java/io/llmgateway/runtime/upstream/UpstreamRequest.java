package io.llmgateway.runtime.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * An HTTP request before its credential is on it.
 *
 * @param method such as {@code POST}
 * @param path percent-encoded, with query, behind the provider's base URL; begins with a slash
 * @param headers without {@code Host}, {@code Content-Length} and what proves who we are
 * @param body owned by whoever has the request
 */
public record UpstreamRequest(String method, String path, HttpHeaders headers, ByteBuf body) {}
