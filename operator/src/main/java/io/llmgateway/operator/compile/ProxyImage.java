package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Image;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The image of the proxy container. */
final class ProxyImage {
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-zA-Z0-9.-]+(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+|[a-z0-9]+([._-]+[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private ProxyImage() {}

  /**
   * The reference to pull. What the spec leaves out comes from the release, so that a repository
   * alone means a mirror of the release's image.
   */
  static String reference(@Nullable Image image, String release) throws Refusal {
    if (image == null) {
      return release;
    }
    if (image.tag() != null && image.digest() != null) {
      throw invalid("spec.image: at most one of tag and digest must be set");
    }
    int suffix = suffixOf(release);
    String repository = release.substring(0, suffix);
    if (image.repository() != null) {
      repository = image.repository();
      if (!REPOSITORY.matcher(repository).matches()) {
        throw invalid(
            "spec.image.repository must be a repository without tag and digest, such as"
                + " registry.example.com/llmgateway/proxy");
      }
    }
    if (image.digest() != null) {
      if (!DIGEST.matcher(image.digest()).matches()) {
        throw invalid("spec.image.digest must be sha256: and 64 lower-case hex digits");
      }
      return repository + "@" + image.digest();
    }
    if (image.tag() != null) {
      if (!TAG.matcher(image.tag()).matches()) {
        throw invalid("spec.image.tag must be a tag, such as 1.4.0");
      }
      return repository + ":" + image.tag();
    }
    return repository + release.substring(suffix);
  }

  /** Where the tag or digest of a reference starts; a colon before a slash is that of a port. */
  private static int suffixOf(String reference) {
    int at = reference.indexOf('@');
    int end = at < 0 ? reference.length() : at;
    int colon = reference.lastIndexOf(':', end - 1);
    return colon > reference.lastIndexOf('/') ? colon : end;
  }

  private static Refusal invalid(String message) {
    return new Refusal(Reasons.INVALID_IMAGE, message);
  }
}
