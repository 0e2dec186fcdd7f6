import type { GrantOperation } from "@aws-sdk/client-kms";
import type { JsonObject } from "../../kernel/json.ts";
import type { EncryptionContext } from "./envelope.ts";
import { invalidGrantToken } from "./errors.ts";
import type { GrantRecord, KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What a call asks of a key, as far as grants look at it. */
export interface GrantedCall {
  readonly action: string;
  readonly context?: EncryptionContext;
  /** For CreateGrant: what the new grant is to allow. AWS: no more than the grant under which it is made. */
  readonly passedOn?: readonly GrantOperation[] | undefined;
}

/**
 * The grants that allow a call, written as statements of the key's policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export const grantStatements = ({ grants }: Pick<Room, "grants">, key: KeyRecord, call: GrantedCall): JsonObject[] => {
  const statements: JsonObject[] = [];
  for (const { value: grant } of grants.range({ prefix: [key.id] })) {
    if (allows(grant, call)) statements.push(allowing(grant.grantee, call.action));
    if (call.action === "RetireGrant" && grant.retiring) statements.push(allowing(grant.retiring, call.action));
  }
  return statements;
};

const allows = ({ operations, contextSubset, contextEquals }: GrantRecord, call: GrantedCall): boolean => {
  const names: readonly string[] = operations;
  if (!names.includes(call.action) || call.passedOn?.some((operation) => !operations.includes(operation))) return false;
  const context = call.context ?? {};
  if (contextSubset && !isWithin(contextSubset, context)) return false;
  return !contextEquals || (isWithin(contextEquals, context) && isWithin(context, contextEquals));
};

const isWithin = (part: Readonly<Record<string, string>>, whole: Readonly<Record<string, string>>): boolean =>
  Object.entries(part).every(([name, value]) => Object.hasOwn(whole, name) && whole[name] === value);

const allowing = (principal: string, action: string): JsonObject => ({
  Effect: "Allow",
  Principal: principal.startsWith("arn:") ? { AWS: principal } : { Service: principal },
  Action: `kms:${action}`,
  Resource: "*",
});

/** A token names its grant, and nobody can make one up. */
export const newGrantToken = ({ ids }: Pick<Room, "ids">, keyId: string, grantId: string): string =>
  Buffer.from([keyId, grantId, ids.hex(TOKEN_DIGITS)].join("/")).toString("base64url");

const TOKEN_DIGITS = 64;

/** The grant of a token. Throws InvalidGrantTokenException. */
export const grantOfToken = ({ grants }: Pick<Room, "grants">, token: string): GrantRecord => {
  const [keyId = "", grantId = ""] = Buffer.from(token, "base64url").toString("utf8").split("/");
  const grant = grants.get([keyId, grantId]);
  if (grant?.token !== token) throw invalidGrantToken();
  return grant;
};
