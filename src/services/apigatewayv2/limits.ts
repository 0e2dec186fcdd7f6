// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html

export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
export const MIN_TIMEOUT_MS = 50;
export const MAX_INTEGRATION_TIMEOUT_MS = 30_000;
export const MAX_AUTHORIZER_MS = 10_000;

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html

export const MAX_SOCKET_INTEGRATION_TIMEOUT_MS = 29_000;
export const MAX_MESSAGE_BYTES = 128 * 1024;
export const IDLE_TIMEOUT_MS = 10 * 60_000;
export const MAX_CONNECTION_MS = 2 * 60 * 60_000;
/** Connections of one room at once. */
export const MAX_CONNECTIONS = 10_000;
/** Messages of one connection that wait for those before them. */
export const MAX_WAITING_MESSAGES = 100;

/** An account's requests a second, and at once. */
export const DEFAULT_RATE = 10_000;
export const DEFAULT_BURST = 5_000;
export const DEFAULT_LIST_SIZE = 100;
