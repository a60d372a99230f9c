package io.llmgateway.runtime.provider.gemini;

import java.util.Locale;
import java.util.Map;

/** Media types of what is only named by a URL; Vertex AI wants to be told. */
final class MediaTypes {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("gif", "image/gif"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/plain"),
          Map.entry("csv", "text/csv"),
          Map.entry("html", "text/html"));

  private MediaTypes() {}

  static String ofUrl(String url, String otherwise) {
    int end = url.length();
    for (char c : new char[] {'?', '#'}) {
      int at = url.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    int dot = url.lastIndexOf('.', end - 1);
    if (dot < url.lastIndexOf('/', end - 1)) {
      return otherwise;
    }
    String extension = url.substring(dot + 1, end).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, otherwise);
  }
}
