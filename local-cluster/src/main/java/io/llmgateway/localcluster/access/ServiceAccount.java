package io.llmgateway.localcluster.access;

import java.util.regex.Pattern;

/** A user that may do what the roles that are bound to it say. */
public record ServiceAccount(String namespace, String name) {
  private static final Pattern USER = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

  /** The one that {@link #user()} was asked of; no other user may do anything. */
  public static ServiceAccount ofUser(String user) {
    var matcher = USER.matcher(user);
    return matcher.matches()
        ? new ServiceAccount(matcher.group(1), matcher.group(2))
        : new ServiceAccount("", user);
  }

  /** As it stands in messages and bindings. */
  public String user() {
    return "system:serviceaccount:" + namespace + ":" + name;
  }
}
