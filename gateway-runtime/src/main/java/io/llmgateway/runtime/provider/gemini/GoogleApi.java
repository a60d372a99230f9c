package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Where models are to be found behind an API's base URL, which ends with the API's version. */
public sealed interface GoogleApi {

  /**
   * Percent-encoded; begins with a slash, and a method such as {@code :generateContent} is to
   * follow.
   *
   * @param model a bare name such as {@code gemini-3.5-flash}, or what the API calls a resource
   */
  String path(String model);

  /** {@code generativelanguage.googleapis.com}; {@code tunedModels/NAME} is a tuned model. */
  record Gemini() implements GoogleApi {
    @Override
    public String path(String model) {
      boolean resource = model.startsWith("models/") || model.startsWith("tunedModels/");
      return "/" + encoded(resource ? model : "models/" + model);
    }

    /** As bodies name the model. */
    String resource(String model) {
      return model.startsWith("models/") || model.startsWith("tunedModels/")
          ? model
          : "models/" + model;
    }
  }

  /**
   * {@code aiplatform.googleapis.com}; {@code endpoints/ID} is a tuned model.
   *
   * @param location a region such as {@code europe-west4}, or {@code global}
   */
  record Vertex(String project, String location) implements GoogleApi {
    @Override
    public String path(String model) {
      if (model.startsWith("projects/")) {
        return "/" + encoded(model);
      }
      String here = "/projects/" + encoded(project) + "/locations/" + encoded(location) + "/";
      if (model.startsWith("endpoints/") || model.startsWith("publishers/")) {
        return here + encoded(model);
      }
      String name = model.startsWith("models/") ? model.substring("models/".length()) : model;
      return here + "publishers/google/models/" + encoded(name);
    }
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
