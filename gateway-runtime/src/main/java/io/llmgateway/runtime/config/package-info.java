/**
 * What a gateway is told to do: the files of the config directory as records.
 *
 * <p>The operator writes them, the runtime reads them; nothing else passes between the two. The
 * directory holds {@code manifest.json} ({@link Manifest}), {@code gateway.json} ({@link
 * GatewaySettings}), {@code routes-NN.json} ({@link RouteShard}), {@code keys-NN.json} ({@link
 * KeyShard}) and {@code credentials.json} ({@link CredentialShard}).
 */
package io.llmgateway.runtime.config;
