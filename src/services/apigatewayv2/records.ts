import type {
  Api,
  ApiMapping,
  Authorizer,
  Deployment,
  DomainName,
  Integration,
  IntegrationResponse,
  Model,
  Route,
  RouteResponse,
  Stage,
  VpcLink,
} from "@aws-sdk/client-apigatewayv2";
import type { Collection, Records } from "../../store/records.ts";
import type { Lowered } from "./spelling.ts";

/** A record is its API shape in our spelling, with its times in milliseconds and its id always there. */
export type ApiRecord = Omit<Lowered<Api>, "apiId" | "name" | "createdDate" | "apiEndpoint"> & {
  readonly apiId: string;
  readonly name: string;
  readonly createdAt: number;
};

export const isWebSocket = ({ protocolType }: ApiRecord): boolean => protocolType === "WEBSOCKET";

export type RouteRecord = Omit<Lowered<Route>, "routeId" | "routeKey"> & {
  readonly routeId: string;
  readonly routeKey: string;
};

export type IntegrationRecord = Omit<Lowered<Integration>, "integrationId"> & { readonly integrationId: string };

export type AuthorizerRecord = Omit<Lowered<Authorizer>, "authorizerId" | "name"> & {
  readonly authorizerId: string;
  readonly name: string;
};

export type RouteResponseRecord = Omit<Lowered<RouteResponse>, "routeResponseId"> & {
  readonly routeResponseId: string;
};

export type IntegrationResponseRecord = Omit<Lowered<IntegrationResponse>, "integrationResponseId"> & {
  readonly integrationResponseId: string;
};

export type ModelRecord = Omit<Lowered<Model>, "modelId" | "name"> & {
  readonly modelId: string;
  readonly name: string;
};

export type DomainNameRecord = Omit<Lowered<DomainName>, "domainName"> & { readonly domainName: string };

export type ApiMappingRecord = Omit<Lowered<ApiMapping>, "apiMappingId" | "apiId" | "stage"> & {
  readonly apiMappingId: string;
  readonly apiId: string;
  readonly stage: string;
};

export type VpcLinkRecord = Omit<Lowered<VpcLink>, "vpcLinkId" | "createdDate"> & {
  readonly vpcLinkId: string;
  readonly createdAt: number;
};

export type StageRecord = Omit<Lowered<Stage>, "stageName" | "createdDate" | "lastUpdatedDate"> & {
  readonly stageName: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type DeploymentRecord = Omit<Lowered<Deployment>, "deploymentId" | "createdDate"> & {
  readonly deploymentId: string;
  readonly createdAt: number;
  /** What the API was when it was deployed. */
  readonly snapshot: Snapshot;
};

/** Everything that decides how an API answers. */
export interface Snapshot {
  readonly routes: readonly RouteRecord[];
  readonly integrations: readonly IntegrationRecord[];
  readonly authorizers: readonly AuthorizerRecord[];
  /** Ids of WebSocket routes that answer. */
  readonly answering?: readonly string[];
  /** What messages of a WebSocket API are held against. */
  readonly models?: readonly ModelRecord[];
  /** Of those integrations of WebSocket APIs that have any. */
  readonly responses?: readonly {
    readonly integrationId: string;
    readonly responses: readonly IntegrationResponseRecord[];
  }[];
}

export interface ApiRecords {
  readonly apis: Collection<ApiRecord>;
  /** By [API, id], as are all that follow; stages by [API, name]. */
  readonly routes: Collection<RouteRecord>;
  readonly integrations: Collection<IntegrationRecord>;
  readonly authorizers: Collection<AuthorizerRecord>;
  readonly domainNames: Collection<DomainNameRecord>;
  /** By [domain, id]. */
  readonly apiMappings: Collection<ApiMappingRecord>;
  readonly vpcLinks: Collection<VpcLinkRecord>;
  readonly models: Collection<ModelRecord>;
  /** By [API, route, id]. */
  readonly routeResponses: Collection<RouteResponseRecord>;
  /** By [API, integration, id]. */
  readonly integrationResponses: Collection<IntegrationResponseRecord>;
  readonly stages: Collection<StageRecord>;
  readonly deployments: Collection<DeploymentRecord>;
}

export const openApiRecords = (records: Records): ApiRecords => ({
  apis: records.collection("apis"),
  routes: records.collection("routes"),
  integrations: records.collection("integrations"),
  authorizers: records.collection("authorizers"),
  domainNames: records.collection("domainNames"),
  apiMappings: records.collection("apiMappings"),
  vpcLinks: records.collection("vpcLinks"),
  models: records.collection("models"),
  routeResponses: records.collection("routeResponses"),
  integrationResponses: records.collection("integrationResponses"),
  stages: records.collection("stages"),
  deployments: records.collection("deployments"),
});
