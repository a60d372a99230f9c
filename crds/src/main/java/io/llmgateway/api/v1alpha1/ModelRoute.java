package io.llmgateway.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("llmgateway.io")
@Version("v1alpha1")
@Kind("ModelRoute")
@Plural("modelroutes")
@ShortNames("mroute")
@Categories("llmgateway")
public final class ModelRoute extends CustomResource<ModelRouteSpec, ModelRouteStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
