package io.llmgateway.localcluster.schema;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** The functions that Kubernetes adds to CEL, see its "CEL in Kubernetes" reference. */
final class CelFunctions {
  private static final CelType STRING = SimpleType.STRING;
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType URL = OpaqueType.create("kubernetes.URL");
  private static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

  private static final List<CelFunctionDecl> DECLARATIONS = new ArrayList<>();
  private static final List<CelFunctionBinding> BINDINGS = new ArrayList<>();

  static {
    member("find", STRING, STRING, STRING, String.class, String.class, CelFunctions::find);
    member(
        "findAll",
        ListType.create(STRING),
        STRING,
        STRING,
        String.class,
        String.class,
        CelFunctions::findAll);

    global("isURL", BOOL, STRING, String.class, CelFunctions::isUrl);
    global("url", URL, STRING, String.class, CelFunctions::url);
    member("getScheme", STRING, URL, URI.class, u -> orEmpty(u.getScheme()));
    member("getHost", STRING, URL, URI.class, CelFunctions::host);
    member("getHostname", STRING, URL, URI.class, u -> orEmpty(u.getHost()));
    member("getPort", STRING, URL, URI.class, u -> u.getPort() < 0 ? "" : "" + u.getPort());
    member("getEscapedPath", STRING, URL, URI.class, u -> orEmpty(u.getRawPath()));

    global("isIP", BOOL, STRING, String.class, InetAddresses::isInetAddress);
    global("isCIDR", BOOL, STRING, String.class, Formats::isCidr);

    global("isQuantity", BOOL, STRING, String.class, s -> Quantity.parse(s).isPresent());
    global("quantity", QUANTITY, STRING, String.class, Quantity::require);
    member("sign", SimpleType.INT, QUANTITY, Quantity.class, q -> (long) q.value().signum());
    member("isInteger", BOOL, QUANTITY, Quantity.class, Quantity::isInteger);
    member("asInteger", SimpleType.INT, QUANTITY, Quantity.class, Quantity::asInteger);
    member(
        "asApproximateFloat",
        SimpleType.DOUBLE,
        QUANTITY,
        Quantity.class,
        q -> q.value().doubleValue());
    member(
        "isGreaterThan",
        BOOL,
        QUANTITY,
        QUANTITY,
        Quantity.class,
        Quantity.class,
        (a, b) -> a.compareTo(b) > 0);
    member(
        "isLessThan",
        BOOL,
        QUANTITY,
        QUANTITY,
        Quantity.class,
        Quantity.class,
        (a, b) -> a.compareTo(b) < 0);
    member(
        "compareTo",
        SimpleType.INT,
        QUANTITY,
        QUANTITY,
        Quantity.class,
        Quantity.class,
        (a, b) -> (long) a.compareTo(b));
  }

  private CelFunctions() {}

  static List<CelFunctionDecl> declarations() {
    return DECLARATIONS;
  }

  static List<CelFunctionBinding> bindings() {
    return BINDINGS;
  }

  private static <T> void global(
      String name, CelType result, CelType arg, Class<T> argClass, CelFunctionOverload.Unary<T> f) {
    declare(name, CelOverloadDecl.newGlobalOverload("k8s_" + name, result, arg));
    bind(name, CelFunctionBinding.from("k8s_" + name, argClass, f));
  }

  private static <T> void member(
      String name,
      CelType result,
      CelType self,
      Class<T> selfClass,
      CelFunctionOverload.Unary<T> f) {
    declare(name, CelOverloadDecl.newMemberOverload("k8s_" + name, result, self));
    bind(name, CelFunctionBinding.from("k8s_" + name, selfClass, f));
  }

  private static <T, U> void member(
      String name,
      CelType result,
      CelType self,
      CelType arg,
      Class<T> selfClass,
      Class<U> argClass,
      CelFunctionOverload.Binary<T, U> f) {
    declare(name, CelOverloadDecl.newMemberOverload("k8s_" + name, result, self, arg));
    bind(name, CelFunctionBinding.from("k8s_" + name, selfClass, argClass, f));
  }

  private static void declare(String name, CelOverloadDecl overload) {
    DECLARATIONS.add(CelFunctionDecl.newFunctionDeclaration(name, overload));
  }

  private static void bind(String name, CelFunctionBinding binding) {
    BINDINGS.addAll(CelFunctionBinding.fromOverloads(name, binding));
  }

  private static String find(String s, String pattern) {
    var m = Pattern.compile(pattern).matcher(s);
    return m.find() ? m.group() : "";
  }

  private static List<String> findAll(String s, String pattern) {
    var found = new ArrayList<String>();
    for (var m = Pattern.compile(pattern).matcher(s); m.find(); ) {
      found.add(m.group());
    }
    return found;
  }

  private static boolean isUrl(String s) {
    try {
      // As Go's ParseRequestURI: absolute, or an absolute path.
      var uri = new URI(s);
      return uri.isAbsolute() && !uri.isOpaque() || s.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static URI url(String s) {
    if (!isUrl(s)) {
      throw new IllegalArgumentException("URL parse error during conversion from string: " + s);
    }
    return URI.create(s);
  }

  private static String host(URI u) {
    var host = orEmpty(u.getHost());
    return u.getPort() < 0 ? host : host + ":" + u.getPort();
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String s) {
    return s == null ? "" : s;
  }
}
