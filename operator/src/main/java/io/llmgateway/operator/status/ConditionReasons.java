package io.llmgateway.operator.status;

/**
 * Reasons of conditions beside those of {@code compile.Reasons}; part of the API, since people and
 * programs match on them. One of a condition that is true is the condition's type.
 */
public final class ConditionReasons {
  public static final String NAME_TAKEN = "NameTaken";

  /** The API server refused an object of the gateway. */
  public static final String NOT_WRITTEN = "NotWritten";

  public static final String UNAVAILABLE = "Unavailable";
  public static final String NO_REPLICAS = "NoReplicas";
  public static final String PENDING = "Pending";
  public static final String MINTING = "Minting";
  public static final String NOT_ACCEPTED = "NotAccepted";
  public static final String NOT_ISSUED = "NotIssued";
  public static final String DISABLED = "Disabled";
  public static final String EXPIRED = "Expired";
  public static final String NO_BACKEND = "NoBackend";

  /** Of a route that is ready, though some backend is out. */
  public static final String DEGRADED = "Degraded";

  public static final String AWS_SECRET_NOT_FOUND = "AwsSecretNotFound";
  public static final String AWS_SECRET_DELETED = "AwsSecretDeleted";
  public static final String AWS_SECRET_INVALID = "AwsSecretInvalid";
  public static final String AWS_ACCESS_DENIED = "AwsAccessDenied";
  public static final String AWS_CREDENTIALS = "AwsCredentialsRejected";
  public static final String AWS_THROTTLED = "AwsThrottled";
  public static final String AWS_UNAVAILABLE = "AwsUnavailable";

  /** Anything else that AWS did not want to do. */
  public static final String AWS_REFUSED = "AwsRefused";

  /** Of an Event alone. */
  public static final String RECONCILE_FAILED = "ReconcileFailed";

  private ConditionReasons() {}
}
