/**
 * Connections to upstreams: one pool per event loop, so that a request and the call made for it
 * stay on one thread. Knows HTTP/1.1 and TLS, and nothing of what is said over them.
 */
package io.llmgateway.runtime.upstream;
