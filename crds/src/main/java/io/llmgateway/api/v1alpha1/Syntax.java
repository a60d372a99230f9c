package io.llmgateway.api.v1alpha1;

/**
 * What a text in a resource may look like.
 *
 * <p>A pattern where the expression says enough to a reader; a rule with a message where a person
 * would have to decode it. Kubernetes evaluates both with RE2.
 */
final class Syntax {
  /** RFC 1123 label. */
  static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  static final int LABEL_LENGTH = 63;

  /** RFC 1123 subdomain, the name of most objects. */
  static final String SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  static final int SUBDOMAIN_LENGTH = 253;

  /** A key in the {@code data} of a Secret. */
  static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

  /** The key of a label, with or without a prefix. */
  static final String LABEL_KEY =
      "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

  static final int LABEL_KEY_LENGTH = 317;

  static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";

  static final String HOSTNAME =
      "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  static final String CIDR = "^[0-9a-fA-F.:]+/[0-9]{1,3}$";

  static final String ENV_NAME = "^[A-Za-z_][A-Za-z0-9_]*$";

  /** Those by which the operator and Kubernetes know the gateway's pods. */
  static final String POD_LABELS_RULE =
      "!('app.kubernetes.io/name' in self || 'app.kubernetes.io/instance' in self"
          + " || 'app.kubernetes.io/component' in self || 'app.kubernetes.io/managed-by' in self"
          + " || 'pod-template-hash' in self)";

  static final String POD_LABELS_MESSAGE =
      "app.kubernetes.io/name, instance, component and managed-by and pod-template-hash are labels"
          + " that the operator and Kubernetes set themselves";

  /** A non-negative Kubernetes quantity. YAML may give it as a number, too. */
  static final String QUANTITY = "^[0-9]{1,15}(\\.[0-9]{1,9})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$";

  /** Bytes as a Kubernetes quantity. */
  static final String BYTES = "^[1-9][0-9]{0,9}(k|M|G|Ki|Mi|Gi)?$";

  static final String PRINTABLE = "^[^\\x00-\\x1f\\x7f]+$";

  /** From 0 to 1. */
  static final String RATIO = "^(0(\\.[0-9]{1,6})?|1(\\.0{1,6})?)$";

  /** RFC 9110, section 5.6.2. */
  static final String HEADER_NAME = "^[-A-Za-z0-9!#$%&'*+.^_`|~]+$";

  static final String HEADER_VALUE = "^[!-~]([ -~]*[!-~])?$";

  static final String SHA256 = "^[a-f0-9]{64}$";

  /** The parts of an image reference, as the OCI distribution specification has them. */
  static final String IMAGE_REPOSITORY =
      "^[a-zA-Z0-9]([-a-zA-Z0-9._]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$";

  static final String IMAGE_TAG = "^[A-Za-z0-9_][-A-Za-z0-9._]*$";

  /** Of another project: with a tag or a digest, never whatever is newest. */
  static final String IMAGE =
      "^[a-zA-Z0-9]([-a-zA-Z0-9._]*[a-zA-Z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9._]*|@sha256:[a-f0-9]{64})$";

  static final String IMAGE_DIGEST = "^sha256:[a-f0-9]{64}$";

  /** Upstream names hold slashes, colons and dots, but never a blank. */
  static final String MODEL = "^[^\\s\\x00-\\x1f\\x7f]+$";

  static final int MODEL_LENGTH = 253;

  static final int BEDROCK_MODEL_LENGTH = 1024;

  static final String BEDROCK_PROFILE =
      "^arn:aws(-[a-z]+)*:bedrock:[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:(application-)?inference-profile/[a-zA-Z0-9:.-]+$";
  static final String BEDROCK_GUARDRAIL =
      "^([a-z0-9]+|arn:aws(-[a-z]+)*:bedrock:[a-z0-9-]+:[0-9]{12}:guardrail/[a-z0-9]+)$";

  static final String AWS_REGION = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";
  static final int AWS_REGION_LENGTH = 32;

  static final String ROLE_ARN = "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$";
  static final int ROLE_ARN_LENGTH = 2048;

  /** Name or ARN, as Secrets Manager admits them. */
  static final String AWS_SECRET = "^[A-Za-z0-9/_+=.@:-]+$";

  static final int AWS_SECRET_LENGTH = 1024;

  /** Of a secret to create. */
  static final String AWS_SECRET_NAME = "^[A-Za-z0-9/_+=.@-]+$";

  static final int AWS_SECRET_NAME_LENGTH = 512;

  /** Id, with or without its domain, or number. */
  static final String GOOGLE_PROJECT = "^([a-z0-9.-]+:)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  static final int GOOGLE_PROJECT_LENGTH = 63;

  static final String MODELS_RULE =
      "self.all(m, m.matches('^[^*\\\\s\\\\x00-\\\\x1f\\\\x7f]*[*]?$'))";
  static final String MODELS_MESSAGE =
      "a model name has no blanks and at most one *, at its end, such as gpt-4o or gpt-*";

  /** As Gateway API has durations, GEP-2257. */
  private static final String DURATION = "self.matches('^([0-9]{1,5}(h|m|s|ms)){1,4}$')";

  static final int DURATION_LENGTH = 28;
  static final String TIMEOUT_RULE =
      DURATION + " && duration(self) >= duration('1s') && duration(self) <= duration('24h')";
  static final String TIMEOUT_MESSAGE =
      "must be a duration from 1s to 24h, such as 90s, 15m or 1h30m";
  static final String REFRESH_RULE =
      DURATION + " && duration(self) >= duration('10s') && duration(self) <= duration('24h')";
  static final String REFRESH_MESSAGE = "must be a duration from 10s to 24h, such as 30s, 5m or 1h";
  static final String DRAIN_DELAY_RULE = DURATION + " && duration(self) <= duration('5m')";
  static final String DRAIN_DELAY_MESSAGE =
      "must be a duration from 0s to 5m, such as 5s, 30s or 2m";
  static final String DRAIN_RULE = DURATION + " && duration(self) <= duration('1h')";
  static final String DRAIN_MESSAGE = "must be a duration from 0s to 1h, such as 30s, 5m or 1m30s";

  /** As far as the buckets of the gateway's histograms tell. */
  static final String LATENCY_RULE =
      DURATION + " && duration(self) >= duration('100ms') && duration(self) <= duration('80s')";

  static final String LATENCY_MESSAGE = "must be a duration from 100ms to 80s, such as 20s";
  static final String FIRST_TOKEN_RULE =
      DURATION + " && duration(self) >= duration('10ms') && duration(self) <= duration('10s')";
  static final String FIRST_TOKEN_MESSAGE = "must be a duration from 10ms to 10s, such as 2s";

  static final String URL_RULE =
      "self.matches('^https?://([-A-Za-z0-9._]+|\\\\[[0-9A-Fa-f:.]+\\\\])(:[0-9]{1,5})?(/[^\\\\s?#@]*)?$')";
  static final String URL_MESSAGE =
      "must be an http or https URL without credentials, query and fragment, such as"
          + " https://api.openai.com/v1";
  static final String ENDPOINT_MESSAGE =
      "must be an http or https URL without credentials, query and fragment, such as"
          + " https://vpce-0123.bedrock-runtime.eu-central-1.vpce.amazonaws.com";
  static final String COLLECTOR_MESSAGE =
      "must be an http or https URL without credentials, query and fragment, such as"
          + " http://otel-collector.monitoring:4318";
  static final String LANGFUSE_MESSAGE =
      "must be an http or https URL without credentials, query and fragment, such as"
          + " https://cloud.langfuse.com";
  static final String TLS_RULE =
      "!has(self.tls) || !has(self.baseUrl) || self.baseUrl.startsWith('https://')";
  static final String TLS_MESSAGE =
      "tls has no effect on an http:// baseUrl: use https:// or remove tls";
  static final int URL_LENGTH = 512;

  private Syntax() {}
}
