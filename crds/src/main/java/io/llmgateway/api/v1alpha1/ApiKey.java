package io.llmgateway.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A key with which a client may call the models of a gateway. */
@Group("llmgateway.io")
@Version("v1alpha1")
@Kind("ApiKey")
@Plural("apikeys")
@ShortNames("llmkey")
@Categories("llmgateway")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "KeyID", jsonPath = ".status.keyId")
@AdditionalPrinterColumn(name = "Gateway", jsonPath = ".spec.gatewayRef.name")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".spec.expiresAt")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ApiKey extends CustomResource<ApiKeySpec, ApiKeyStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
