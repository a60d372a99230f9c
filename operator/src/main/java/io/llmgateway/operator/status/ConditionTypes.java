package io.llmgateway.operator.status;

/** Types of the conditions that the operator publishes. */
public final class ConditionTypes {
  public static final String ACCEPTED = "Accepted";
  public static final String CONFIG_PROGRAMMED = "ConfigProgrammed";
  public static final String AVAILABLE = "Available";

  /** Of a gateway that asks for objects of other projects' kinds. */
  public static final String INTEGRATED = "Integrated";

  public static final String READY = "Ready";
  public static final String RESOLVED_REFS = "ResolvedRefs";
  public static final String PROGRAMMED = "Programmed";
  public static final String SECRETS_SYNCED = "SecretsSynced";
  public static final String ROLE_READY = "RoleReady";
  public static final String POD_IDENTITY_READY = "PodIdentityReady";
  public static final String ISSUED = "Issued";

  private ConditionTypes() {}
}
