package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of a list: the parameters {@code limit} and {@code continue}. All parts carry the version
 * of the first one, so that a watch from there also tells of what changed between them.
 */
final class Page {
  private final long limit;
  private final String after;
  private final ObjectStore.Listing listing;
  private final long version;
  private String next = "";

  private Page(long limit, long version, String after, ObjectStore.Listing listing) {
    this.limit = limit;
    this.version = version;
    this.after = after;
    this.listing = listing;
  }

  /**
   * @throws ApiError 400 for a token that was not given out here
   */
  static Page of(Request r, ObjectStore.Listing listing) {
    long limit = r.number("limit", 0);
    var token = r.parameter("continue");
    if (token.isEmpty()) {
      return new Page(limit, listing.version(), "", listing);
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      return new Page(
          limit, Long.parseLong(text.substring(0, space)), text.substring(space + 1), listing);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw ApiError.badRequest("continue key is not valid");
    }
  }

  List<ObjectNode> take(Predicate<ObjectNode> wanted) {
    var taken = new ArrayList<ObjectNode>();
    for (var o : listing.objects()) {
      if (!after.isEmpty() && position(o).compareTo(after) <= 0 || !wanted.test(o)) {
        continue;
      }
      if (limit > 0 && taken.size() == limit) {
        next = version + " " + position(taken.getLast());
        break;
      }
      taken.add(o);
    }
    return taken;
  }

  /** The metadata of the list, once its objects are taken. */
  ObjectNode metadata() {
    var metadata = Json.object().put("resourceVersion", Long.toString(version));
    if (!next.isEmpty()) {
      metadata.put(
          "continue",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(next.getBytes(StandardCharsets.UTF_8)));
    }
    return metadata;
  }

  /** Sorts as the list does: the separator is below all characters of names. */
  private static String position(ObjectNode o) {
    return Json.namespace(o) + "\0" + Json.name(o);
  }
}
