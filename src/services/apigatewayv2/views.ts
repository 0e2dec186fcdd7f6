import type { ApiRecord, DeploymentRecord, StageRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { raised } from "./spelling.ts";

export const apiView = ({ endpoint }: Pick<Room, "endpoint">, { createdAt, ...api }: ApiRecord) => ({
  ...raised(api),
  ApiEndpoint: apiEndpoint(endpoint(), api.apiId, api.protocolType),
  CreatedDate: new Date(createdAt),
});

/** Where the API answers on this machine: browsers and curl resolve every name under localhost. */
export const apiEndpoint = (endpoint: string, apiId: string, protocolType = "HTTP"): string => {
  const { protocol: http, port } = new URL(endpoint);
  const protocol = protocolType === "WEBSOCKET" ? http.replace("http", "ws") : http;
  return `${protocol}//${apiId}.execute-api.localhost${port ? `:${port}` : ""}`;
};

export const stageView = ({ createdAt, updatedAt, ...stage }: StageRecord) => ({
  ...raised(stage),
  CreatedDate: new Date(createdAt),
  LastUpdatedDate: new Date(updatedAt),
});

export const deploymentView = ({ createdAt, snapshot: _, ...deployment }: DeploymentRecord) => ({
  ...raised(deployment),
  CreatedDate: new Date(createdAt),
});
