/**
 * Amazon Bedrock: conversations by its <a
 * href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">Converse</a>
 * API, embeddings by InvokeModel, ranking by the agent runtime's Rerank. Credentials, signatures
 * and the frames of streams are read and written by the AWS SDK's own libraries, whose classes load
 * with the first Bedrock backend; requests go through the gateway's own connections.
 */
package io.llmgateway.runtime.provider.bedrock;
