import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";

/** Why a request goes no further. */
export interface Refusal {
  readonly refusal: GatewayResponseType;
  readonly message?: string;
  /** What a validator found, for gateway responses that tell of it. */
  readonly fault?: string;
}
