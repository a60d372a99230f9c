/**
 * A request's way: authenticate, admit, route, translate, call, relay, settle. {@link
 * io.llmgateway.runtime.request.Exchange} goes it from top to bottom; the other classes are its
 * steps. All of it runs on the event loop of the client's connection.
 */
package io.llmgateway.runtime.request;
