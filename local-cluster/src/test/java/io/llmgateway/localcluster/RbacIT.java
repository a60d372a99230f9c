package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.localcluster.access.Permission;
import io.llmgateway.localcluster.access.ServiceAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service account may do what the roles that are bound to it allow, and nothing else. */
class RbacIT {
  private static final ServiceAccount READER = new ServiceAccount("default", "reader");
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private LocalCluster cluster;
  private Api admin;
  private Api reader;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    admin = Api.of(cluster);
    reader = Api.of(cluster.kubeconfig(READER));
  }

  @AfterEach
  void stop() {
    admin.close();
    reader.close();
    cluster.close();
  }

  @Test
  void withoutABindingEverythingIsForbidden() {
    var answer = reader.get(SECRETS);
    assertThat(answer.code()).isEqualTo(403);
    assertThat(answer.message())
        .isEqualTo(
            "secrets is forbidden: User \"system:serviceaccount:default:reader\" cannot list"
                + " resource \"secrets\" in API group \"\" in the namespace \"default\"");
    assertThat(reader.get("/apis").code()).isEqualTo(200);
    assertThat(cluster.rbac().refused(READER)).containsExactly(permission("list"));
  }

  @Test
  void aClusterRoleAllowsItsVerbsEverywhere() {
    role("clusterroles", "ClusterRole", "[\"get\",\"list\"]", "");
    bind("clusterrolebindings", "ClusterRoleBinding", "ClusterRole");
    assertThat(reader.get(SECRETS).code()).isEqualTo(200);
    assertThat(reader.get("/api/v1/secrets").code()).isEqualTo(200);
    assertThat(reader.get("/api/v1/configmaps").code()).isEqualTo(403);
    assertThat(create("one").code()).isEqualTo(403);
    assertThat(cluster.rbac().used(READER)).containsExactly(permission("list"));
  }

  @Test
  void aRoleAllowsThemInItsNamespaceAndByName() {
    role("namespaces/default/roles", "Role", "[\"get\"]", ",\"resourceNames\":[\"one\"]");
    bind("namespaces/default/rolebindings", "RoleBinding", "Role");
    assertThat(reader.get(SECRETS + "/one").code()).isEqualTo(404);
    assertThat(reader.get(SECRETS + "/two").code()).isEqualTo(403);
    assertThat(reader.get("/api/v1/namespaces/kube-system/secrets/one").code()).isEqualTo(403);
  }

  @Test
  void toApplyWhatIsNotThereIsToCreateIt() {
    role("clusterroles", "ClusterRole", "[\"patch\"]", "");
    bind("clusterrolebindings", "ClusterRoleBinding", "ClusterRole");
    assertThat(apply().message()).contains("cannot create resource");
    admin.send("POST", SECRETS, Api.JSON, secret("one"));
    assertThat(apply().code()).isEqualTo(200);
  }

  @Test
  void theAdministratorMayActAsAnAccount() {
    role("clusterroles", "ClusterRole", "[\"list\"]", "");
    var request =
        HttpRequest.newBuilder(URI.create(cluster.url() + SECRETS))
            .header("Authorization", "Bearer " + admin.token())
            .header("Impersonate-User", READER.user());
    assertThat(admin.answer(request).code()).isEqualTo(403);
    bind("clusterrolebindings", "ClusterRoleBinding", "ClusterRole");
    assertThat(admin.answer(request).code()).isEqualTo(200);
    assertThat(admin.answer(request.setHeader("Impersonate-User", "somebody")).code())
        .isEqualTo(403);
  }

  @Test
  void canIIsAnsweredForTheAccount() {
    role("clusterroles", "ClusterRole", "[\"get\"]", "");
    bind("clusterrolebindings", "ClusterRoleBinding", "ClusterRole");
    assertThat(canI(reader, "get")).isTrue();
    assertThat(canI(reader, "delete")).isFalse();
    assertThat(canI(admin, "delete")).isTrue();
  }

  private static Permission permission(String verb) {
    return new Permission(verb, "", "secrets");
  }

  private static boolean canI(Api api, String verb) {
    return api.send(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            Api.JSON,
            "{\"spec\":{\"resourceAttributes\":{\"verb\":\"%s\",\"resource\":\"secrets\"}}}"
                .formatted(verb))
        .body()
        .path("status")
        .path("allowed")
        .asBoolean();
  }

  private Api.Answer create(String name) {
    return reader.send("POST", SECRETS, Api.JSON, secret(name));
  }

  private Api.Answer apply() {
    return reader.send("PATCH", SECRETS + "/one?fieldManager=test", Api.APPLY, secret("one"));
  }

  private static String secret(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }

  private void role(String path, String kind, String verbs, String more) {
    var role =
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%s","metadata":{"name":"reading"},
         "rules":[{"apiGroups":[""],"resources":["secrets"],"verbs":%s%s}]}"""
            .formatted(kind, verbs, more);
    assertThat(admin.send("POST", RBAC + path, Api.JSON, role).code()).isEqualTo(201);
  }

  private void bind(String path, String kind, String roleKind) {
    var binding =
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%s","metadata":{"name":"reading"},
         "subjects":[{"kind":"ServiceAccount","namespace":"default","name":"reader"}],
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"%s","name":"reading"}}"""
            .formatted(kind, roleKind);
    assertThat(admin.send("POST", RBAC + path, Api.JSON, binding).code()).isEqualTo(201);
  }
}
