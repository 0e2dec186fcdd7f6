import type { ServiceName } from "../kernel/aws.ts";
import { type HttpRequest, header } from "../kernel/http.ts";
import { type Dialect, formDialect, serviceBySigningName, serviceByTarget, serviceByVersion } from "./facts.ts";
import { signerOf } from "./signature/signer.ts";

/** Whom a request is for, as far as its head tells. */
export interface Resolved {
  readonly service: ServiceName;
  /** The operation, where the head names it; REST services are routed by path instead. */
  readonly operation: string | undefined;
  /** The region the request was signed for. */
  readonly region: string | undefined;
  readonly dialect?: Dialect;
  /** The service that a signature names, where it is none of this cloud's. */
  readonly stranger?: string;
}

/** A credential scope: `AKID/20260101/us-east-1/s3/aws4_request`. */
interface Scope {
  readonly region: string;
  readonly service: string;
}

/**
 * Finds the service by `X-Amz-Target`, by the signature's scope, by the form's version, or by AWS's name for it in the host;
 * what is left is for S3. The form is the query's, or the body's where nobody signed it.
 */
export const resolveService = (request: HttpRequest, query: URLSearchParams, form = query): Resolved => {
  const authorization = header(request.headers, "authorization") ?? "";
  const scope = signerOf(authorization)?.scope ?? scopeOf(authorization, query);
  const addressed = addressedBy(request.host);
  const region = scope?.region ?? addressed?.region;
  const target = header(request.headers, "x-amz-target");
  if (target) {
    const targeted = targetOf(target);
    // A table's streams and the table itself share a target family but not a prefix; nothing else falls through.
    if (targeted) return { service: targeted.service, operation: targeted.operation, region };
  }
  const [, rpcService, rpcOperation] = RPC_V2_PATH.exec(request.path) ?? [];
  if (rpcService && header(request.headers, "smithy-protocol") === "rpc-v2-cbor") {
    const service = serviceByTarget(rpcService);
    if (service) return { service, operation: rpcOperation, region, dialect: "rpcV2Cbor" };
  }
  const accept = header(request.headers, "accept");
  const signed = scope && serviceBySigningName(scope.service, request.path);
  if (signed) return { service: signed, operation: undefined, region, ...formDialect(signed, accept) };
  const version = form.get("Version");
  const byVersion = version && form.has("Action") ? serviceByVersion(version) : undefined;
  const dialect = byVersion ? formDialect(byVersion, accept) : {};
  const named = byVersion ?? (addressed && serviceBySigningName(addressed.service, request.path));
  const stranger = named === undefined && scope && scope.service !== "s3" ? { stranger: scope.service } : {};
  return { service: named ?? "s3", operation: undefined, region, ...dialect, ...stranger };
};

const SERVICE_HOST =
  /^(?:[^:]+\.)?(?<service>[a-z0-9-]+)\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?(?::\d+)?$/i;

/** `dynamodb.eu-west-1.amazonaws.com` names both; hosts of this machine name neither. */
const addressedBy = (host: string): Scope | undefined => {
  if (!host.includes(".amazonaws.com")) return undefined;
  const { service, region } = SERVICE_HOST.exec(host)?.groups ?? {};
  return service && region ? { service, region } : undefined;
};

const RPC_V2_PATH = /\/service\/([^/]+)\/operation\/([^/]+)$/;
type Targeted = Pick<Resolved, "service" | "operation">;

/** Far more than there are operations; what clients make up is not to fill the memory. */
const MAX_KNOWN_TARGETS = 2000;
const knownTargets = new Map<string, Targeted>();

const targetOf = (target: string): Targeted | undefined => {
  const known = knownTargets.get(target);
  if (known) return known;
  // AWS: some clients write the namespace of the service's name before it, with dots of its own.
  const [operation, prefix = ""] = target.split(".").reverse();
  const service = serviceByTarget(prefix);
  if (!service) return undefined;
  if (knownTargets.size >= MAX_KNOWN_TARGETS) knownTargets.clear();
  const targeted = { service, operation };
  knownTargets.set(target, targeted);
  return targeted;
};

const scopeOf = (authorization: string, query: URLSearchParams): Scope | undefined => {
  const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get("X-Amz-Credential");
  const [, , region, service] = credential?.split("/") ?? [];
  return region && service ? { region, service } : undefined;
};
