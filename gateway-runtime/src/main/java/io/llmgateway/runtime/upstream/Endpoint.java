package io.llmgateway.runtime.upstream;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go; those to equal endpoints are interchangeable.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param caCertificates PEM; null: the JDK's trust store
 */
public record Endpoint(boolean tls, String host, int port, @Nullable String caCertificates) {

  /**
   * @throws IllegalArgumentException when it is not an {@code http} or {@code https} URL with a
   *     host
   */
  public static Endpoint of(URI url, @Nullable String caCertificates) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("an upstream's URL begins with http:// or https://");
    }
    boolean tls = scheme.equals("https");
    // Not getHost(): it is null for names with an underscore, which container networks have.
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("an upstream's URL names a host");
    }
    int port = tls ? 443 : 80;
    if (hasPort && colon + 1 < authority.length()) {
      port = Integer.parseInt(authority, colon + 1, authority.length(), 10);
    }
    return new Endpoint(tls, host.toLowerCase(Locale.ROOT), port, caCertificates);
  }

  /** The {@code Host} header (RFC 9110, section 7.2). */
  public String hostHeader() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
