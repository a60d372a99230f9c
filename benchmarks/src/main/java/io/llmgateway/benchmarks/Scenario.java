package io.llmgateway.benchmarks;

/** A part of a run, for {@code --only}. */
enum Scenario {
  start(Page.PROXY),
  throughput(Page.PROXY),
  latency(Page.PROXY),
  streams(Page.PROXY),
  memory(Page.PROXY),
  translation(Page.TRANSLATION),
  relay(Page.TRANSLATION),
  scale(Page.SCALE);

  /** Where its figures stand. */
  enum Page {
    /** The runtime beside nginx. */
    PROXY,
    /** The runtime's backends beside each other. */
    TRANSLATION,
    /** The operator. */
    SCALE
  }

  private final Page page;

  Scenario(Page page) {
    this.page = page;
  }

  Page page() {
    return page;
  }
}
