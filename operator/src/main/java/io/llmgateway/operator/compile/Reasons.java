package io.llmgateway.operator.compile;

/** Every {@link Problem#reason()}; part of the API, since people and programs match on them. */
public final class Reasons {
  public static final String GATEWAY_NOT_FOUND = "GatewayNotFound";
  public static final String NAMESPACE_NOT_ALLOWED = "NamespaceNotAllowed";
  public static final String INVALID_NAME = "InvalidName";
  public static final String INVALID_SELECTOR = "InvalidSelector";
  public static final String INVALID_LIMIT = "InvalidLimit";
  public static final String INVALID_REPLICAS = "InvalidReplicas";
  public static final String INVALID_IMAGE = "InvalidImage";
  public static final String INVALID_RESOURCES = "InvalidResources";
  public static final String INVALID_POD_TEMPLATE = "InvalidPodTemplate";
  public static final String TLS_SECRET_NOT_FOUND = "TlsSecretNotFound";
  public static final String TLS_SECRET_INVALID = "TlsSecretInvalid";
  public static final String INVALID_HEADER = "InvalidHeader";
  public static final String CONFIG_TOO_LARGE = "ConfigTooLarge";

  /** A kind of another project, see {@link ForeignKind}. */
  public static final String KIND_NOT_INSTALLED = "KindNotInstalled";

  public static final String MODEL_CONFLICT = "ModelConflict";
  public static final String INVALID_MODEL_NAME = "InvalidModelName";
  public static final String INVALID_BACKEND = "InvalidBackend";
  public static final String INVALID_BASE_URL = "InvalidBaseUrl";
  public static final String INVALID_CERTIFICATE = "InvalidCertificate";
  public static final String NO_WEIGHT = "NoWeight";
  public static final String CREDENTIAL_NOT_FOUND = "CredentialNotFound";

  /** What is the gateway's own would go to a host that a route's author chose. */
  public static final String CREDENTIAL_NOT_ALLOWED = "CredentialNotAllowed";

  public static final String SECRET_NOT_FOUND = "SecretNotFound";
  public static final String SECRET_KEY_NOT_FOUND = "SecretKeyNotFound";
  public static final String SECRET_VALUE_INVALID = "SecretValueInvalid";
  public static final String SECRET_NOT_OWNED = "SecretNotOwned";
  public static final String SECRET_NOT_SYNCED = "SecretNotSynced";

  /** The gateway's role is managed, and would take on whatever a route of anybody names. */
  public static final String ROLE_NOT_ALLOWED = "RoleNotAllowed";

  public static final String AWS_NOT_CONFIGURED = "AwsNotConfigured";
  public static final String ROLE_NOT_OWNED = "RoleNotOwned";
  public static final String ASSOCIATION_NOT_OWNED = "AssociationNotOwned";

  /** What the routes need of Bedrock is more than IAM takes. */
  public static final String POLICY_TOO_LARGE = "PolicyTooLarge";

  public static final String INVALID_MATERIAL = "InvalidMaterial";
  public static final String INVALID_EXPIRY = "InvalidExpiry";
  public static final String DUPLICATE_KEY = "DuplicateKey";

  private Reasons() {}
}
