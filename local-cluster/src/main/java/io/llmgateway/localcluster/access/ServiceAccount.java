package io.llmgateway.localcluster.access;

/** A user that may do what the roles that are bound to it say. */
public record ServiceAccount(String namespace, String name) {
  /** As it stands in messages and bindings. */
  public String user() {
    return "system:serviceaccount:" + namespace + ":" + name;
  }
}
