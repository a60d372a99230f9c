package io.llmgateway.runtime.telemetry.trace;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/**
 * What spans and their resource say. What OpenTelemetry's semantic conventions have a name for
 * bears it; what only a gateway knows begins with {@code llmgateway}.
 */
final class TraceAttributes {
  static final AttributeKey<String> SERVICE_NAME = stringKey("service.name");
  static final AttributeKey<String> SERVICE_NAMESPACE = stringKey("service.namespace");
  static final AttributeKey<String> SERVICE_VERSION = stringKey("service.version");

  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<String> ROUTE_TEMPLATE = stringKey("http.route");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<Long> REQUEST_BYTES = longKey("http.request.body.size");
  static final AttributeKey<Long> RESPONSE_BYTES = longKey("http.response.body.size");
  static final AttributeKey<String> URL_SCHEME = stringKey("url.scheme");
  static final AttributeKey<String> URL_PATH = stringKey("url.path");
  static final AttributeKey<String> USER_AGENT = stringKey("user_agent.original");
  static final AttributeKey<String> USER_ID = stringKey("user.id");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Boolean> REQUEST_STREAM = booleanKey("gen_ai.request.stream");
  static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
  static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> CACHE_READ_TOKENS =
      longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> CACHE_CREATION_TOKENS =
      longKey("gen_ai.usage.cache_creation.input_tokens");
  static final AttributeKey<Long> REASONING_TOKENS =
      longKey("gen_ai.usage.reasoning.output_tokens");

  static final AttributeKey<String> REQUEST_ID = stringKey("llmgateway.request.id");
  static final AttributeKey<String> KEY_ID = stringKey("llmgateway.key.id");
  static final AttributeKey<String> KEY_NAME = stringKey("llmgateway.key.name");
  static final AttributeKey<String> TEAM = stringKey("llmgateway.team");
  static final AttributeKey<String> MODEL = stringKey("llmgateway.model");
  static final AttributeKey<String> ROUTE = stringKey("llmgateway.route");
  static final AttributeKey<String> BACKEND = stringKey("llmgateway.backend");
  static final AttributeKey<Double> COST = doubleKey("llmgateway.cost.usd");

  /** The conventions have no cost; this is the one that Langfuse reads, as JSON. */
  static final AttributeKey<String> LANGFUSE_COST = stringKey("langfuse.observation.cost_details");

  private TraceAttributes() {}
}
