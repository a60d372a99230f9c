package io.llmgateway.runtime.provider;

/**
 * Serves the requests of one backend. Made once per backend and event loop, so that it may prepare
 * what all of its requests share; called by that loop's thread only.
 */
public sealed interface Provider permits RemoteProvider, LocalProvider {}
