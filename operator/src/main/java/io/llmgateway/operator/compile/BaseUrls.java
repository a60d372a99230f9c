package io.llmgateway.operator.compile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The base URLs of upstreams. */
final class BaseUrls {
  private BaseUrls() {}

  /**
   * Without a slash at the end. Messages do not quote the URL: a password may stand in it.
   *
   * @throws Refusal when requests cannot be sent below it
   */
  static URI parse(String field, String text) throws Refusal {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(field, "is not a URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid(field, "must start with http:// or https://");
    }
    if (url.getRawUserInfo() != null) {
      throw invalid(field, "must hold no user or password; use credential or secretKeyRef");
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      throw invalid(field, "has no valid host");
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      throw invalid(field, "has a port outside 1 to 65535");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw invalid(field, "must have no query (?) and no fragment (#)");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private static Refusal invalid(String field, String what) {
    return new Refusal(
        Reasons.INVALID_BASE_URL, field + " " + what + ", such as https://api.openai.com/v1");
  }
}
