import type { Readable } from "node:stream";
import type { ServiceName } from "../kernel/aws.ts";
import type { Clock } from "../kernel/clock.ts";
import type { CredentialMint, KnownCredentials } from "../kernel/credentials.ts";
import { AssertionFailed } from "../kernel/errors.ts";
import { header } from "../kernel/http.ts";
import { type Principal, rootOf } from "../kernel/principal.ts";
import { wireFacts } from "./facts.ts";
import type { Authenticate } from "./handle.ts";
import { parseCredential } from "./signature/claim.ts";
import { type FormField, verifyPostPolicy } from "./signature/postPolicy.ts";
import { recognise } from "./signature/quick.ts";
import { signatureRefusals } from "./signature/refusalFamilies.ts";
import type { RefusalFamily } from "./signature/refusals.ts";
import { openSignedBody } from "./signedBody.ts";
import { verifySignature } from "./sigv4.ts";

/** Whether signatures count: `open` takes any key for the account's root. */
export type AuthMode = "strict" | "open";

export interface AuthenticateParts {
  readonly root: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly account: string;
  readonly auth: AuthMode;
  readonly clock: Clock;
  readonly mint: CredentialMint;
  /** An IAM user's access key. */
  readonly findAccessKey: (accessKeyId: string) => KnownCredentials | undefined;
}

/** Verifies who sends a request. Where none is needed, a request without one is nobody's. */
export const createAuthenticate = (parts: AuthenticateParts): Authenticate => {
  const findCredentials = credentialsFinder(parts);
  const strict: Authenticate = (request, _query, service, body, needsSignature) => {
    const family = familyOf(service);
    const rules = {
      family,
      signingName: wireFacts[service].signingName,
      findCredentials,
      machineTime: machineTime(),
      cloudTime: parts.clock.now(),
    };
    const { method, path, rawQuery, headers } = request;
    const quick =
      body && method === "POST" && path === "/" && rawQuery === "" && family !== "s3"
        ? recognise(headers, body, rules)
        : undefined;
    if (quick) return { principal: quick.principal, openBody: notStreamed };
    const verified = verifySignature({ method, path, rawQuery, headers, body }, rules);
    const openBody = (stream: Readable) => openSignedBody(stream, request.headers, verified?.seed);
    if (verified) return { principal: verified.credentials.principal, openBody };
    if (needsSignature) throw signatureRefusals(family).missing();
    return { principal: { kind: "anonymous", account: parts.account }, openBody };
  };
  return parts.auth === "open" ? openTo(parts.account, findCredentials) : strict;
};

/** Who signed the policy of a form, and when it was looked at. */
export interface FormSigner {
  readonly principal: Principal;
  readonly machineTime: number;
}

/** Whose signature the policy of a form for S3 bears, and now. In a cloud that is open to all it is the account's root. */
export const createPolicySigner = (parts: AuthenticateParts): ((field: FormField) => FormSigner | undefined) => {
  const findCredentials = credentialsFinder(parts);
  return (field) => {
    const times = { machineTime: machineTime(), cloudTime: parts.clock.now() };
    if (parts.auth === "open") return { principal: rootOf(parts.account), ...times };
    const credentials = verifyPostPolicy(field, { family: "s3", signingName: "s3", findCredentials, ...times });
    return credentials && { principal: credentials.principal, ...times };
  };
};

/** Whose an access key is, with the token of its session. */
export const credentialsFinder = (parts: AuthenticateParts): FindCredentials => {
  const root: KnownCredentials = {
    secretAccessKey: parts.root.secretAccessKey,
    principal: { ...rootOf(parts.account), accessKeyId: parts.root.accessKeyId },
  };
  return (accessKeyId, sessionToken) => {
    if (sessionToken !== undefined) return parts.mint.recognise(accessKeyId, sessionToken);
    return accessKeyId === parts.root.accessKeyId ? root : parts.findAccessKey(accessKeyId);
  };
};

const notStreamed = (): never => {
  throw new AssertionFailed("the stream of a body that came whole");
};

type FindCredentials = (accessKeyId: string, sessionToken: string | undefined) => KnownCredentials | undefined;

/**
 * Takes anyone for the root of an account: the one whose number is the access key, or else the cloud's own.
 * Sessions of roles stay what they are, so that permissions of what runs here are still seen.
 */
const openTo =
  (account: string, findCredentials: FindCredentials): Authenticate =>
  (request, query) => {
    const credential = /Credential=([^,\s]+)/.exec(header(request.headers, "authorization") ?? "")?.[1];
    const version4 = parseCredential(credential ?? query.get("X-Amz-Credential") ?? "");
    const accessKeyId = version4?.accessKeyId ?? query.get("AWSAccessKeyId") ?? "";
    const token =
      header(request.headers, "x-amz-security-token") ??
      query.get("X-Amz-Security-Token") ??
      query.get("x-amz-security-token") ??
      undefined;
    const session = token === undefined ? undefined : findCredentials(accessKeyId, token);
    const principal: Principal = session?.principal ?? rootOf(/^\d{12}$/.test(accessKeyId) ? accessKeyId : account);
    return { principal, openBody: (stream) => openSignedBody(stream, request.headers, undefined) };
  };

/** Clients sign by the machine's clock, so signatures age by it, whatever the cloud's own time is. */
export const machineTime = (): number => Date.now();

const familyOf = (service: ServiceName): RefusalFamily => {
  const { protocol } = wireFacts[service];
  if (protocol === "restXml") return "s3";
  if (protocol === "awsQuery") return "query";
  return protocol === "restJson" ? "restJson" : "awsJson";
};
