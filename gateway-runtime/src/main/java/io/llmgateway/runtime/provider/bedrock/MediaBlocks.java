package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes images, documents, videos and recordings. Bedrock takes bytes, and objects of S3. */
final class MediaBlocks {
  private static final Map<String, String> IMAGES =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpeg",
          "image/jpg", "jpeg",
          "image/gif", "gif",
          "image/webp", "webp");

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf", "pdf",
          "text/csv", "csv",
          "application/msword", "doc",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
          "application/vnd.ms-excel", "xls",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
          "text/html", "html",
          "text/plain", "txt",
          "text/markdown", "md");

  private static final Map<String, String> VIDEOS =
      Map.of(
          "video/x-matroska", "mkv",
          "video/quicktime", "mov",
          "video/mp4", "mp4",
          "video/webm", "webm",
          "video/x-flv", "flv",
          "video/mpeg", "mpeg",
          "video/x-ms-wmv", "wmv",
          "video/3gpp", "three_gp");

  /** By a file's name. */
  private static final Set<String> IMAGE_NAMES = Set.of("png", "jpeg", "gif", "webp");

  private static final Set<String> DOCUMENT_NAMES = Set.copyOf(DOCUMENTS.values());
  private static final Set<String> VIDEO_NAMES = Set.copyOf(VIDEOS.values());

  private final Unsupported unsupported;
  private final JsonGenerator json;
  private final DocumentNames names = new DocumentNames();

  MediaBlocks(Unsupported unsupported, JsonGenerator json) {
    this.unsupported = unsupported;
    this.json = json;
  }

  void image(Part.Image image, String param) {
    String format = format(image.source(), IMAGES, IMAGE_NAMES);
    if (image.source() instanceof Source.Url url && !s3(url)) {
      byUrl(param, "an image");
    } else if (format == null || image.source() instanceof Source.File) {
      unsupported.report(param, "an image that is not in PNG, JPEG, GIF or WebP");
    } else {
      json.writeStartObject();
      json.writeObjectPropertyStart("image");
      json.writeStringProperty("format", format);
      source(image.source());
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /**
   * A video, too: the client's APIs know it as a file only.
   *
   * @return the document's name; null for a video, and where nothing was written
   */
  @Nullable String document(Part.Document document, String param) {
    String video = format(document.source(), VIDEOS, VIDEO_NAMES);
    if (video != null) {
      json.writeStartObject();
      json.writeObjectPropertyStart("video");
      json.writeStringProperty("format", video);
      source(document.source());
      json.writeEndObject();
      json.writeEndObject();
      return null;
    }
    String format = format(document.source(), DOCUMENTS, DOCUMENT_NAMES);
    if (format == null) {
      format = byName(document.title(), DOCUMENT_NAMES);
    }
    if (document.source() instanceof Source.Url url && !s3(url)) {
      byUrl(param, "a document");
      return null;
    }
    if (format == null || document.source() instanceof Source.File) {
      unsupported.report(
          param, "a document that is not in PDF, CSV, Word, Excel, HTML, text or Markdown");
      return null;
    }
    String name = names.name(document.title());
    json.writeStartObject();
    json.writeObjectPropertyStart("document");
    json.writeStringProperty("format", format);
    json.writeStringProperty("name", name);
    source(document.source());
    if (document.context() != null) {
      json.writeStringProperty("context", document.context());
    }
    if (document.citations() != null) {
      json.writeObjectPropertyStart("citations");
      json.writeBooleanProperty("enabled", document.citations());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    return name;
  }

  void audio(Part.Audio audio) {
    json.writeStartObject();
    json.writeObjectPropertyStart("audio");
    json.writeStringProperty("format", audio.format());
    json.writeObjectPropertyStart("source");
    json.writeStringProperty("bytes", audio.base64());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void byUrl(String param, String what) {
    unsupported.report(param, what + " by URL; send it as a data URL, or by an s3:// URL");
  }

  private void source(Source source) {
    json.writeObjectPropertyStart("source");
    switch (source) {
      case Source.Base64 bytes -> json.writeStringProperty("bytes", bytes.data());
      case Source.PlainText text -> json.writeStringProperty("text", text.text());
      case Source.Url url -> {
        json.writeObjectPropertyStart("s3Location");
        json.writeStringProperty("uri", url.url());
        json.writeEndObject();
      }
      case Source.File _ -> throw new IllegalStateException("files are refused before");
    }
    json.writeEndObject();
  }

  private static @Nullable String format(
      Source source, Map<String, String> byType, Set<String> formats) {
    return switch (source) {
      case Source.Base64 bytes -> byType.get(essence(bytes.mediaType()));
      case Source.PlainText _ -> byType.get("text/plain");
      case Source.Url url -> byName(url.url(), formats);
      case Source.File _ -> null;
    };
  }

  /** Without parameters, such as a charset. */
  private static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String byName(@Nullable String name, Set<String> formats) {
    if (name == null) {
      return null;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String format =
        switch (ending) {
          case "jpg" -> "jpeg";
          case "htm" -> "html";
          case "3gp" -> "three_gp";
          default -> ending;
        };
    return formats.contains(format) ? format : null;
  }

  private static boolean s3(Source.Url url) {
    return url.url().startsWith("s3://");
  }
}
