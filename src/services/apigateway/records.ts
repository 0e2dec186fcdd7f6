import type {
  Account,
  ApiKey,
  Authorizer,
  DocumentationPartLocation,
  GatewayResponse,
  GatewayResponseType,
  Integration,
  Method,
  Model,
  RequestValidator,
  RestApi,
  Stage,
  UsagePlan,
  VpcLink,
} from "@aws-sdk/client-api-gateway";
import type { Collection, Records } from "../../store/records.ts";

/** A record is its API shape, with its times in milliseconds and its identity always there. */
/** Whether an API is only for those who come by an endpoint of a VPC. */
export const isPrivate = ({ endpointConfiguration }: RestApiRecord): boolean =>
  endpointConfiguration?.types?.includes("PRIVATE") ?? false;

export type RestApiRecord = Omit<RestApi, "id" | "name" | "createdDate" | "rootResourceId" | "warnings"> & {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly rootResourceId: string;
};

export interface ResourceRecord {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart?: string;
  /** `/items/{id}`; the root's is `/`. */
  readonly path: string;
}

export type MethodRecord = Omit<Method, "httpMethod" | "authorizationType" | "methodIntegration"> & {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly authorizationType: string;
  readonly methodIntegration?: IntegrationRecord;
};

export type IntegrationRecord = Omit<Integration, "type"> & { readonly type: NonNullable<Integration["type"]> };

export type AuthorizerRecord = Omit<Authorizer, "id" | "name" | "type"> & {
  readonly id: string;
  readonly name: string;
  readonly type: NonNullable<Authorizer["type"]>;
};

export type ModelRecord = Omit<Model, "id" | "name"> & { readonly id: string; readonly name: string };

export type ValidatorRecord = Omit<RequestValidator, "id"> & { readonly id: string };

export type GatewayResponseRecord = Omit<GatewayResponse, "responseType"> & {
  readonly responseType: GatewayResponseType;
};

export type StageRecord = Omit<Stage, "stageName" | "deploymentId" | "createdDate" | "lastUpdatedDate"> & {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export interface DeploymentRecord {
  readonly id: string;
  readonly description?: string | undefined;
  readonly createdAt: number;
  /** What the API was when it was deployed. */
  readonly snapshot: Snapshot;
}

/** Everything that decides how an API answers. */
export interface Snapshot {
  readonly binaryMediaTypes: readonly string[];
  /** Absent where answers are not compressed. */
  readonly minimumCompressionSize?: number | undefined;
  readonly resources: readonly ResourceRecord[];
  readonly methods: readonly MethodRecord[];
  readonly authorizers: readonly AuthorizerRecord[];
  readonly validators: readonly ValidatorRecord[];
  readonly gatewayResponses: readonly GatewayResponseRecord[];
  readonly models?: readonly ModelRecord[];
}

export interface DocumentationPartRecord {
  readonly id: string;
  readonly location: DocumentationPartLocation;
  /** JSON, as it came. */
  readonly properties: string;
}

export interface DocumentationVersionRecord {
  readonly version: string;
  readonly createdAt: number;
  readonly description?: string | undefined;
  /** What the API's parts were when the version was made. */
  readonly parts: readonly DocumentationPartRecord[];
}

export type ApiKeyRecord = Omit<ApiKey, "id" | "value" | "createdDate" | "lastUpdatedDate"> & {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type UsagePlanRecord = Omit<UsagePlan, "id"> & {
  readonly id: string;
  /** Milliseconds since the epoch; absent in plans that an older aloft made. */
  readonly createdAt?: number;
};

export type VpcLinkRecord = VpcLink & { readonly id: string };

export interface ClientCertificateRecord {
  readonly id: string;
  readonly description?: string | undefined;
  readonly tags?: Record<string, string> | undefined;
  readonly pem: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface RestRecords {
  readonly restApis: Collection<RestApiRecord>;
  /** By [API, id], as are all that follow. */
  readonly resources: Collection<ResourceRecord>;
  /** By [API, resource, HTTP method]. */
  readonly methods: Collection<MethodRecord>;
  readonly authorizers: Collection<AuthorizerRecord>;
  /** By [API, name]. */
  readonly models: Collection<ModelRecord>;
  readonly validators: Collection<ValidatorRecord>;
  /** By [API, type]. */
  readonly gatewayResponses: Collection<GatewayResponseRecord>;
  readonly deployments: Collection<DeploymentRecord>;
  /** By [API, name]. */
  readonly stages: Collection<StageRecord>;
  readonly documentationParts: Collection<DocumentationPartRecord>;
  /** By [API, version]. */
  readonly documentationVersions: Collection<DocumentationVersionRecord>;
  readonly apiKeys: Collection<ApiKeyRecord>;
  /** Ids of keys, by their values. */
  readonly keyIds: Collection<string>;
  readonly usagePlans: Collection<UsagePlanRecord>;
  readonly vpcLinks: Collection<VpcLinkRecord>;
  readonly clientCertificates: Collection<ClientCertificateRecord>;
  /** By [plan, key]. */
  readonly planKeys: Collection<{ readonly keyId: string; readonly keyType: string }>;
  /** By [plan, key, day]; what was granted on top stands under `granted` in place of the day. */
  readonly usage: Collection<{ readonly day: string; readonly used: number }>;
  /** The account's one record, under ACCOUNT_KEY. */
  readonly account: Collection<Account>;
}

export const ACCOUNT_KEY = "account";

export const openRestRecords = (records: Records): RestRecords => ({
  restApis: records.collection("restApis"),
  resources: records.collection("resources"),
  methods: records.collection("methods"),
  authorizers: records.collection("authorizers"),
  models: records.collection("models"),
  validators: records.collection("validators"),
  gatewayResponses: records.collection("gatewayResponses"),
  deployments: records.collection("deployments"),
  stages: records.collection("stages"),
  documentationParts: records.collection("documentationParts"),
  documentationVersions: records.collection("documentationVersions"),
  apiKeys: records.collection("apiKeys"),
  keyIds: records.collection("keyIds"),
  usagePlans: records.collection("usagePlans"),
  vpcLinks: records.collection("vpcLinks"),
  clientCertificates: records.collection("clientCertificates"),
  planKeys: records.collection("planKeys"),
  usage: records.collection("usage"),
  account: records.collection("account"),
});
