package io.llmgateway.runtime.request;

import static java.util.Objects.requireNonNull;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.inspect.MultipartScan;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.LocalProvider;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.provider.Provider;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request's way, from its head to its settlement: authenticate, admit, route, translate, call,
 * relay, settle.
 */
final class Exchange {
  private final Worker worker;
  private final ClientConnection connection;
  private final ReplyWriter writer;
  private final HttpRequest head;
  private final Settlement settlement;
  private final Target target;
  private @Nullable Snapshot snapshot;
  private @Nullable Key key;
  private @Nullable RequestBody body;
  private @Nullable ApiError refusal;
  private @Nullable Relay relay;

  Exchange(Worker worker, ClientConnection connection, ReplyWriter writer, HttpRequest head) {
    this.worker = worker;
    this.connection = connection;
    this.writer = writer;
    this.head = head;
    String path = Target.path(head.uri());
    this.target = Target.of(head.method(), path);
    String id = RequestIds.of(head.headers().get("x-request-id"), worker.random());
    this.settlement = new Settlement(worker.gateway(), head, id, path);
  }

  /** Decides what can be decided without the body; null when the body is wanted. */
  @Nullable ApiError begin() {
    Admission admission = Admission.of(worker.gateway(), head, target, started(), settlement);
    if (admission instanceof Admission.Admitted admitted) {
      snapshot = admitted.snapshot();
      key = admitted.key();
      body = admitted.body();
    }
    return admission.error();
  }

  void beginMalformed() {
    started();
  }

  private int started() {
    worker.gateway().observer().requestStarted();
    return worker.gateway().begin();
  }

  /** The client is told when its body is over; what comes of it is dropped. */
  void refuseAfterBody(ApiError error) {
    refusal = error;
    releaseBody();
  }

  /**
   * @param piece owned by the exchange
   * @param last nothing follows
   * @return why no more of the body is wanted
   */
  @Nullable ApiError body(ByteBuf piece, boolean last) {
    settlement.requestBytes += piece.readableBytes();
    RequestBody taking = body;
    if (taking == null) {
      piece.release();
      return null;
    }
    ApiError problem = taking.add(piece, writer.allocator());
    if (problem == null && !last && taking.canGoOn() && target instanceof Target.Call call) {
      long length = BodyTerms.length(head);
      taking.goOn(new Upload(connection, writer.allocator(), length == ApiRequest.UNKNOWN));
      route(taking, call.operation(), requireNonNull(taking.form()).inspected(), length);
    }
    return problem;
  }

  void bodyComplete() {
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    Snapshot current = requireNonNull(snapshot);
    if (target instanceof Target.Call call) {
      RequestBody read = requireNonNull(body);
      if (read.form() == null) {
        inspect(read, call.operation());
      } else {
        formComplete(read, read.form(), call.operation());
      }
    } else if (target instanceof Target.Model model) {
      describe(current, model.id());
    } else {
      answer(ModelCatalogue.list(current, requireNonNull(key)));
    }
  }

  private void formComplete(RequestBody read, MultipartScan form, Operation operation) {
    ApiError problem = form.end();
    Upload upload = read.upload();
    if (problem != null) {
      abandon(problem);
    } else if (upload == null) {
      route(read, operation, form.inspected(), read.length());
    } else {
      settlement.streamed = form.stream();
      if (relay instanceof RemoteRelay calling) {
        calling.awaitReply();
      }
      upload.complete();
    }
  }

  private void describe(Snapshot current, String model) {
    ModelLookup lookup = ModelLookup.of(current, requireNonNull(key), model);
    if (lookup.error() == null) {
      answer(ModelCatalogue.one(model, requireNonNull(lookup.route())));
    } else {
      refuse(lookup.error());
    }
  }

  private void inspect(RequestBody read, Operation operation) {
    BodyInspection.of(
        read.bytes(),
        operation,
        writer.loop(),
        inspected -> {
          if (!settlement.told()) {
            route(read, operation, inspected, read.length());
          }
        });
  }

  /**
   * @param length of the body, with what is still to come
   */
  private void route(RequestBody read, Operation operation, Inspected inspected, long length) {
    if (inspected instanceof Inspected.Invalid invalid) {
      refuse(invalid.error());
    } else if (inspected instanceof Inspected.Valid valid) {
      route(
          requireNonNull(snapshot),
          new ApiRequest(operation, settlement.id, head.headers(), read.bytes(), length, valid));
    }
  }

  private void route(Snapshot current, ApiRequest request) {
    String model = request.inspected().model();
    ModelLookup lookup = ModelLookup.of(current, requireNonNull(key), model);
    if (lookup.route() != null) {
      settlement.routed(model, lookup.route());
    }
    if (lookup.error() != null) {
      refuse(lookup.error());
      return;
    }
    Backend backend =
        BackendChoice.pick(requireNonNull(lookup.route()).backends(), worker.random());
    if (backend == null) {
      refuse(Errors.noBackend(model));
      return;
    }
    settlement.chosen(backend, request);
    call(current, backend, request);
  }

  private void call(Snapshot current, Backend backend, ApiRequest request) {
    Provider provider = worker.provider(current, backend);
    if (provider instanceof RemoteProvider remote) {
      RemoteRelay calling = new RemoteRelay(this, writer, settlement, current.settings().limits());
      relay = calling;
      calling.begin(remote, request, worker.upstreams(), requireNonNull(body).upload());
    } else if (provider instanceof LocalProvider local) {
      LocalProvider.Answer answer = local.answer(request, writer.allocator());
      releaseBody();
      relay(answer);
    }
  }

  private void relay(LocalProvider.Answer answer) {
    if (answer instanceof LocalProvider.Answer.Refusal refused) {
      refuse(refused.error());
    } else if (answer instanceof LocalProvider.Answer.Parts parts) {
      LocalRelay relaying = new LocalRelay(this, writer, settlement, parts);
      relay = relaying;
      relaying.go();
    }
  }

  private void answer(byte[] json) {
    ByteBuf bytes = Unpooled.wrappedBuffer(json);
    writer.whole(ReplyHead.success(settlement, ReplyHead.JSON, -1, null, null), bytes);
    settle(200, null, null, false);
  }

  /** Answers with an error of ours; nothing of a reply was written before. */
  void refuse(ApiError error) {
    refuse(error, null, null);
  }

  /**
   * @param upstream the upstream's head, where it caused the error
   * @param asUpstream the upstream's own words, which the client gets then; owned by the exchange
   */
  void refuse(ApiError error, @Nullable HttpHeaders upstream, @Nullable ByteBuf asUpstream) {
    String allow = target instanceof Target.WrongMethod wrong ? wrong.allowed() : null;
    writer.whole(
        ReplyHead.error(settlement, error, allow, upstream),
        asUpstream == null ? ErrorBody.json(errors(), error, writer.allocator()) : asUpstream);
    settle(error.status(), error.code(), null, false);
  }

  private ErrorShape errors() {
    return target instanceof Target.Call call ? call.operation().errors() : ErrorShape.OPENAI;
  }

  /** The end: told to the observer, and the connection goes on to the next request. */
  void settle(int status, @Nullable String errorCode, @Nullable Usage usage, boolean cut) {
    if (!settlement.told()) {
      releaseBody();
      settlement.tell(status, errorCode, usage, writer.bytes());
      connection.exchangeOver(cut);
    }
  }

  /** Ends the request, whatever has become of it. */
  void abandon(ApiError error) {
    if (relay != null) {
      relay.abandon(error);
    } else {
      refuse(error);
    }
  }

  void clientGone() {
    if (relay != null) {
      relay.clientGone();
    }
    releaseBody();
    settlement.tell(Settlement.CLIENT_GONE, "client_closed_request", null, writer.bytes());
  }

  void writable(boolean writable) {
    if (relay != null) {
      relay.writable(writable);
    }
  }

  void sweep(long now) {
    Upload upload = body == null ? null : body.upload();
    if (upload != null && upload.stalled(now, requireNonNull(snapshot).settings().limits())) {
      abandon(UpstreamErrors.notTaken(settlement.backendName()));
    } else if (relay != null && (upload == null || upload.isComplete())) {
      relay.sweep(now);
    }
  }

  /** The upstream's request was made of what is held. */
  void encoded() {
    if (body != null) {
      body.releaseHeld();
    }
  }

  private void releaseBody() {
    if (body != null) {
      body.release();
      body = null;
    }
  }
}
