import { type HttpRequest, header } from "../../../kernel/http.ts";

/** What an access log calls an operation: `REST.GET.OBJECT`. */
export const operationName = (request: HttpRequest, hasKey: boolean): string => {
  const query = new URLSearchParams(request.rawQuery);
  const isCopy = header(request.headers, "x-amz-copy-source") !== undefined;
  const method = isCopy ? "COPY" : request.method;
  return `REST.${method}.${resourceOf(query, hasKey)}`;
};

const resourceOf = (query: URLSearchParams, hasKey: boolean): string => {
  if (query.has("uploadId")) return query.has("partNumber") ? "PART" : "UPLOAD";
  if (query.has("tagging") && hasKey) return "OBJECT_TAGGING";
  const named = Object.entries(RESOURCES).find(([name]) => query.has(name));
  if (named) return named[1];
  return hasKey ? "OBJECT" : "BUCKET";
};

const RESOURCES: Readonly<Record<string, string>> = {
  accelerate: "ACCELERATE",
  acl: "ACL",
  analytics: "ANALYTICS",
  attributes: "OBJECT_ATTRIBUTES",
  cors: "CORS",
  delete: "MULTI_OBJECT_DELETE",
  encryption: "ENCRYPTION",
  "intelligent-tiering": "INTELLIGENT_TIERING",
  inventory: "INVENTORY",
  "legal-hold": "LEGAL_HOLD",
  lifecycle: "LIFECYCLE",
  location: "LOCATION",
  logging: "LOGGING_STATUS",
  metrics: "METRICS",
  notification: "NOTIFICATION",
  "object-lock": "OBJECT_LOCK_CONFIGURATION",
  ownershipControls: "OWNERSHIP_CONTROLS",
  policy: "BUCKETPOLICY",
  policyStatus: "BUCKETPOLICY_STATUS",
  publicAccessBlock: "PUBLIC_ACCESS_BLOCK",
  replication: "REPLICATION",
  requestPayment: "REQUEST_PAYMENT",
  restore: "RESTORE",
  retention: "RETENTION",
  tagging: "TAGGING",
  uploads: "UPLOADS",
  versioning: "VERSIONING",
  versions: "BUCKETVERSIONS",
  website: "WEBSITE",
};
