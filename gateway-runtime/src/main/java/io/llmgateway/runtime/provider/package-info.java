/**
 * What upstreams speak. A provider is a package of its own: it turns a request of OpenAI's API into
 * its own, and its replies, streams and errors back. {@link
 * io.llmgateway.runtime.provider.Providers} is the one place that knows them all.
 */
package io.llmgateway.runtime.provider;
