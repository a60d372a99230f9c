package io.llmgateway.runtime.auth;

import io.llmgateway.runtime.table.Snapshot;
import io.netty.handler.codec.http.HttpHeaders;

/** Tells who calls. Called on the request's event loop, so it must not block. */
public interface Authenticator {
  Authentication authenticate(Snapshot snapshot, HttpHeaders headers);
}
