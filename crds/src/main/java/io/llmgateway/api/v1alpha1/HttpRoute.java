package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTPRoute of Gateway API to the gateway.
 *
 * @param parentRefs the Gateways of Gateway API that it attaches to
 * @param hostnames names that clients call; absent: every name of the listeners
 */
@ApiRecord
public record HttpRoute(
    @Size(min = 1, max = 16) List<@Atomic ParentRef> parentRefs,
    @Size(min = 1, max = 16)
        @Nullable
            List<@Pattern(Syntax.HOSTNAME) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String>
            hostnames) {

  /**
   * A Gateway of Gateway API, or one listener of it.
   *
   * @param name name of the Gateway
   * @param namespace its namespace; absent: that of the LlmGateway
   * @param sectionName name of a listener; absent: all
   * @param port port of a listener; absent: all
   */
  @ApiRecord
  public record ParentRef(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
      @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) @Nullable String namespace,
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String sectionName,
      @Min(1) @Max(65535) @Nullable Integer port) {}
}
