import type { ServiceName } from "../kernel/aws.ts";
import generated from "./facts.generated.json" with { type: "json" };
import type { Protocol } from "./protocol.ts";
import { awsJson, type JsonFacts } from "./protocols/awsJson.ts";
import { awsQuery, awsQueryJson, type QueryFacts } from "./protocols/query.ts";
import { restJson } from "./protocols/restJson.ts";
import { restXml } from "./protocols/restXml.ts";
import { rpcV2Cbor } from "./protocols/rpcV2Cbor.ts";

/** What is known of a service's wire before its client is loaded. */
export interface WireFacts {
  readonly serviceId: string;
  readonly signingName: string;
  readonly protocol: string;
  readonly apiVersion: string;
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
}

/** The Git host has no wire: other rooms call it, and nobody from outside. */
const NO_WIRE: WireFacts = { serviceId: "", signingName: "", protocol: "", apiVersion: "" };

/** Its published client is older than the form that facts are read from. */
const NOTIFICATIONS: WireFacts = {
  serviceId: "codestar notifications",
  signingName: "codestar-notifications",
  protocol: "restJson",
  apiVersion: "2019-10-15",
};

/** The newer name of a service: its own client is the older one's with other names. */
const CODE_CONNECTIONS: WireFacts = {
  ...generated["codestar-connections"],
  serviceId: "CodeConnections",
  signingName: "codeconnections",
  apiVersion: "2023-12-01",
  targetPrefix: "CodeConnections_20231201",
};

export const wireFacts: Readonly<Record<ServiceName, WireFacts>> = {
  ...generated,
  codeconnections: CODE_CONNECTIONS,
  "codestar-notifications": NOTIFICATIONS,
  git: NO_WIRE,
};

/** AWS: they spoke query before they spoke anything else, and older clients still do. */
const SPOKE_QUERY: ReadonlySet<ServiceName> = new Set(["cloudwatch", "sqs"]);

const entries = Object.entries(wireFacts) as [ServiceName, WireFacts][];
const byTarget = new Map(entries.flatMap(([name, facts]) => (facts.targetPrefix ? [[facts.targetPrefix, name]] : [])));
const byVersion = new Map(
  entries.flatMap(([name, facts]) =>
    facts.protocol === "awsQuery" || SPOKE_QUERY.has(name) ? [[facts.apiVersion, name]] : [],
  ),
);
const bySigningName = new Map(entries.flatMap(([name, { signingName }]) => (signingName ? [[signingName, name]] : [])));

export const serviceByTarget = (prefix: string): ServiceName | undefined => byTarget.get(prefix);
/** Query services tell themselves apart by `Version` where a request carries no signature. */
export const serviceByVersion = (version: string): ServiceName | undefined => byVersion.get(version);

/** The service a credential scope names; the two API Gateways share one and differ in their paths. */
export const serviceBySigningName = (signingName: string, path: string): ServiceName | undefined => {
  if (signingName === "apigateway") return path.startsWith("/v2/") ? "apigatewayv2" : "apigateway";
  return bySigningName.get(signingName);
};

/** A protocol a request speaks although its service's newest client speaks another: CloudWatch hears three. */
export type Dialect = "awsQuery" | "awsQueryJson" | "rpcV2Cbor";

/** Whether a service's newest clients no longer speak query. */
export const leftQuery = (service: ServiceName): boolean => SPOKE_QUERY.has(service);

/** The dialect of a request that neither a target nor a path told apart. AWS: forms are answered in JSON to who accepts it. */
export const formDialect = (service: ServiceName, accept: string | undefined): { readonly dialect?: Dialect } => {
  const isForm = leftQuery(service) || wireFacts[service].protocol === "awsQuery";
  if (isForm && accept === "application/json") return { dialect: "awsQueryJson" };
  return leftQuery(service) ? { dialect: "awsQuery" } : {};
};

const protocols = new Map<string, Protocol>();

/** The protocol a service speaks. */
export const protocolOf = (service: ServiceName, dialect?: Dialect): Protocol => {
  const key = dialect === undefined ? service : `${service} ${dialect}`;
  const known = protocols.get(key);
  if (known) return known;
  const facts = wireFacts[service];
  const made = makeProtocol(dialect === undefined ? facts : { ...facts, protocol: dialect });
  protocols.set(key, made);
  return made;
};

const isQueryCompatible = (serviceId: string): boolean =>
  [...SPOKE_QUERY].some((name) => wireFacts[name].serviceId === serviceId);

/** DynamoDB and its streams are one service in two. */
const DYNAMODB = { checksums: true, errorNamespace: "com.amazonaws.dynamodb.v20120810" };

const SQS = { queryCodes: true, errorNamespace: "com.amazonaws.sqs" };

const CLOUDWATCH = { errorNamespace: "com.amazonaws.cloudwatch.v2010_08_01" };

/** AWS: a queue's own address is the endpoint of what is done with it; some of what is said is older than the JSON answers. */
const SQS_QUERY: QueryFacts = {
  apiVersion: "2012-11-05",
  xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  addressed: { member: "QueueUrl", path: /^\/\d{12}\/[\w.-]+$/, alsoThere: ["GetQueueUrl"] },
  errorDetail: true,
  messages: {
    "AWS.SimpleQueueService.NonExistentQueue": "The specified queue does not exist for this wsdl version.",
  },
};

const jsonFacts = (serviceId: string): JsonFacts => {
  if (serviceId.startsWith("DynamoDB")) return DYNAMODB;
  if (serviceId === "SQS") return SQS;
  return { queryCodes: isQueryCompatible(serviceId), ...(serviceId === "CloudWatch" ? CLOUDWATCH : {}) };
};

const makeProtocol = ({ serviceId, protocol, apiVersion, xmlNamespace = "" }: WireFacts): Protocol => {
  const queryFacts: QueryFacts = serviceId === "SQS" ? SQS_QUERY : { apiVersion, xmlNamespace };
  switch (protocol) {
    case "awsQuery":
      return awsQuery(queryFacts);
    case "awsQueryJson":
      return awsQueryJson(queryFacts);
    case "restXml":
      return restXml({ apiVersion, xmlNamespace });
    case "restJson":
      return restJson();
    case "rpcV2Cbor":
      return rpcV2Cbor(serviceId === "CloudWatch" ? CLOUDWATCH : {});
    case "awsJson1_0":
      return awsJson("1.0", jsonFacts(serviceId));
    default:
      return awsJson("1.1");
  }
};
