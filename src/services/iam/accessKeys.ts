import type { KnownCredentials } from "../../kernel/credentials.ts";
import type { Cipher } from "../../kernel/service.ts";
import type { Records } from "../../store/records.ts";
import { ACCESS_KEYS, type AccessKeyRecord, openNamed, type UserRecord } from "./records.ts";

/** Finds whose a long-term access key is. */
export type FindAccessKey = (accessKeyId: string) => KnownCredentials | undefined;

const MAX_KNOWN_KEYS = 1024;

/**
 * The users' access keys of all accounts, read from the store itself: signatures are verified before any room is open.
 * `records` is the whole cloud's.
 */
export const createFindAccessKey = (records: Records, cipher: Cipher): FindAccessKey => {
  const secrets = new Map<string, string>();
  const secretOf = (sealed: string) => {
    const known = secrets.get(sealed);
    if (known !== undefined) return known;
    const secret = cipher.open(sealed).toString();
    if (secrets.size >= MAX_KNOWN_KEYS) secrets.clear();
    secrets.set(sealed, secret);
    return secret;
  };
  return (accessKeyId) => {
    for (const account of accountsWithKeys(records)) {
      const scope = records.scope(`iam/${account}/-`);
      const key = scope.collection<AccessKeyRecord>(ACCESS_KEYS).get(accessKeyId);
      // AWS: an inactive key is as unknown as one that never was.
      if (key?.status !== "Active") continue;
      const user = openNamed<UserRecord>(scope, "users", () => {}).get(key.userName);
      if (!user) continue;
      const { arn, id: userId, name: userName } = user;
      return {
        secretAccessKey: secretOf(key.sealedSecret),
        principal: { kind: "user", account, arn, userId, userName, accessKeyId },
      };
    }
    return undefined;
  };
};

const SCOPE_OF_KEYS = new RegExp(`^iam/(\\d{12})/-/${ACCESS_KEYS}$`);

const accountsWithKeys = (records: Records): readonly string[] =>
  records.names().flatMap((name) => SCOPE_OF_KEYS.exec(name)?.[1] ?? []);
