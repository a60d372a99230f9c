package io.llmgateway.runtime.request;

import io.llmgateway.runtime.auth.Authentication;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.MultipartScan;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Snapshot;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be decided by a request's head: authenticate, admit. */
sealed interface Admission {
  /** Null when the body is wanted. */
  @Nullable ApiError error();

  /**
   * @param body what is to be taken
   */
  record Admitted(Snapshot snapshot, Key key, RequestBody body) implements Admission {
    @Override
    public @Nullable ApiError error() {
      return null;
    }
  }

  record Refused(ApiError error) implements Admission {}

  /**
   * @param inFlight requests that are worked on, with this one
   * @param settlement learns whose request it is
   */
  static Admission of(
      GatewayState gateway, HttpRequest head, Target target, int inFlight, Settlement settlement) {
    if (target instanceof Target.Unknown) {
      return new Refused(Errors.unknownUrl());
    }
    if (target instanceof Target.WrongMethod wrong) {
      return new Refused(Errors.methodNotAllowed(wrong.allowed()));
    }
    Operation operation = target instanceof Target.Call call ? call.operation() : null;
    settlement.operation = operation == null ? "models" : operation.genAiName();
    Snapshot current = gateway.snapshot();
    if (current == null) {
      return new Refused(Errors.configNotLoaded());
    }
    Authentication caller = gateway.authenticator().authenticate(current, head.headers());
    if (caller instanceof Authentication.Refused refused) {
      return new Refused(refused.error());
    }
    Key key = Objects.requireNonNull(caller.key());
    settlement.key = key;
    return admit(current, key, head, operation, inFlight);
  }

  private static Admission admit(
      Snapshot current, Key key, HttpRequest head, @Nullable Operation call, int inFlight) {
    if (inFlight > current.settings().limits().maxInFlight()) {
      return new Refused(Errors.overloaded());
    }
    long limit = current.settings().limits().maxBodyBytes();
    ApiError problem = BodyTerms.problem(head, limit, call);
    if (problem != null) {
      return new Refused(problem);
    }
    if (call == null || !call.multipart()) {
      return new Admitted(current, key, new RequestBody(limit, null));
    }
    MultipartScan form = MultipartScan.of(head.headers().get(HttpHeaderNames.CONTENT_TYPE));
    return form == null
        ? new Refused(Errors.notMultipart())
        : new Admitted(current, key, new RequestBody(limit, form));
  }
}
