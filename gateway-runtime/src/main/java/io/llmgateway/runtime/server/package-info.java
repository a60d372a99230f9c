/** The listening side: sockets, TLS, the HTTP pipeline. */
package io.llmgateway.runtime.server;
