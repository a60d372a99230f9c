package io.llmgateway.benchmarks.translation;

/** How long a conversation is that a client sends. */
enum Size {
  SMALL("small", 0),
  MIDDLE("100 KB", 100_000),
  LARGE("1 MB", 1_000_000);

  /** As the tables call it. */
  final String title;

  private final int least;

  Size(String title, int least) {
    this.title = title;
    this.least = least;
  }

  byte[] request(String model) {
    return Conversation.request(model, least, false);
  }
}
