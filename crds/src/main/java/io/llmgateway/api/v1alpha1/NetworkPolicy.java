package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to the proxy pods, and with whom these may talk: everything else is denied. It has
 * an effect where the cluster's network enforces NetworkPolicies.
 *
 * @param enabled whether there is a NetworkPolicy
 * @param monitoringNamespaces names of the namespaces that may read metrics, beside the operator's
 *     own
 * @param extraEgress what proxy pods may reach beside DNS, port 443 and the ports of their backends
 */
@ApiRecord
public record NetworkPolicy(
    @Default("false") @Nullable Boolean enabled,
    @Default("[\"monitoring\"]") @Size(max = 16)
        @Nullable List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String>
            monitoringNamespaces,
    @Size(max = 32) @Nullable List<EgressRule> extraEgress) {

  /**
   * Something that proxy pods may reach.
   *
   * @param to where; absent: everywhere
   * @param ports at which ports; absent: at all
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.to) || has(self.ports)",
      message =
          "an extraEgress rule must have to or ports; one without either would allow everything")
  public record EgressRule(
      @Size(min = 1, max = 16) @Nullable List<Peer> to,
      @Size(min = 1, max = 16) @Nullable List<NetworkPort> ports) {}

  /**
   * Addresses, or pods by the labels of their namespaces and their own.
   *
   * @param ipBlock addresses
   * @param namespaceSelector namespaces of the pods; absent: the gateway's own
   * @param podSelector the pods; absent: all of the namespaces
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.ipBlock) != (has(self.namespaceSelector) || has(self.podSelector))",
      message = "a peer must have either ipBlock, or namespaceSelector or podSelector or both")
  public record Peer(
      @Nullable IpBlock ipBlock,
      @Nullable ObjectSelector namespaceSelector,
      @Nullable ObjectSelector podSelector) {}

  /**
   * Addresses.
   *
   * @param cidr such as {@code 10.0.0.0/16}
   * @param except parts of these that are not meant
   */
  @ApiRecord
  public record IpBlock(
      @Pattern(Syntax.CIDR) @Size(min = 4, max = 49) String cidr,
      @Size(max = 16)
          @Nullable List<@Pattern(Syntax.CIDR) @Size(min = 4, max = 49) String> except) {}

  /**
   * A port.
   *
   * @param protocol protocol of the port
   * @param port its number
   */
  @ApiRecord
  public record NetworkPort(
      @Default("TCP") @Nullable Protocol protocol, @Min(1) @Max(65535) Integer port) {}

  public enum Protocol {
    TCP,
    UDP,
    SCTP
  }
}
