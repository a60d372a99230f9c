/** The wire: TLS, routing, discovery, tables and watches. */
@org.jspecify.annotations.NullMarked
package io.llmgateway.localcluster.http;
