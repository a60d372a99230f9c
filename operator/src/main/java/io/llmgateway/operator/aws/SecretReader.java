package io.llmgateway.operator.aws;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.SecretPull;

/** Where secrets are read. */
interface SecretReader {

  /**
   * @param versionId what Secrets Manager calls this version
   */
  record Version(String value, String versionId) {
    /** The id alone: the value must reach no log. */
    @Override
    public String toString() {
      return "Version[" + versionId + "]";
    }
  }

  Version read(SecretPull pull) throws AwsFailure;

  /** The gateway is gone, and what was kept for it can go. */
  void forget(ResourceID gateway);
}
