package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.config.Sha256;
import java.util.regex.Pattern;

/** Ids of tool calls; another provider's may be such that Bedrock refuses them. */
final class ToolIds {
  private static final Pattern FITS = Pattern.compile("[a-zA-Z0-9_.:-]{1,64}");

  private ToolIds() {}

  /** The id itself where it fits, else one that is the same for a call and its result. */
  static String fit(String id) {
    return FITS.matcher(id).matches()
        ? id
        : "call_" + Sha256.hex(id.getBytes(UTF_8)).substring(0, 32);
  }
}
