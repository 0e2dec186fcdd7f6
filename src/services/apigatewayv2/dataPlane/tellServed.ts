import type { Room } from "../room.ts";
import { apiArn } from "./addresses.ts";

interface ServedRequest {
  readonly apiId: string;
  readonly stageName: string;
  /** `GET /facts`, or a WebSocket's route. */
  readonly operation: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly startedAt: number;
  readonly status: number;
}

/** Gives a request its line in the log of calls, and its bar in its trace. */
export const tellServed = (room: Room, { apiId, stageName, ...request }: ServedRequest): void =>
  room.served({
    ...request,
    service: "execute-api",
    resource: `${apiArn(room, apiId)}/${stageName}`,
    principal: { kind: "anonymous", account: room.account },
  });
