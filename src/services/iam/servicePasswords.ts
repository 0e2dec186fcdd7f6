import { timingSafeEqual } from "node:crypto";
import type { UserPrincipal } from "../../kernel/principal.ts";
import type { Cipher } from "../../kernel/service.ts";
import type { Records } from "../../store/records.ts";
import { openNamed, SERVICE_CREDENTIALS, type ServiceCredentialRecord, type UserRecord } from "./records.ts";

/**
 * Finds whose a name and a password are that were made for one service; read from the store itself, as access keys are.
 * The account stands at the name's end. `records` is the whole cloud's.
 */
export const createFindServicePassword =
  (records: Records, cipher: Cipher) =>
  (service: string, serviceUserName: string, password: string): UserPrincipal | undefined => {
    const account = /-at-(\d{12})$/.exec(serviceUserName)?.[1];
    if (account === undefined) return undefined;
    const scope = records.scope(`iam/${account}/-`);
    for (const credential of scope.collection<ServiceCredentialRecord>(SERVICE_CREDENTIALS).values()) {
      const isIts = credential.service === service && credential.serviceUserName === serviceUserName;
      if (!isIts || credential.status !== "Active" || !isSame(cipher.open(credential.sealedPassword), password))
        continue;
      const user = openNamed<UserRecord>(scope, "users", () => {}).get(credential.userName);
      if (user) return { kind: "user", account, arn: user.arn, userId: user.id, userName: user.name };
    }
    return undefined;
  };

const isSame = (kept: Buffer, shown: string): boolean => {
  const given = Buffer.from(shown);
  return kept.length === given.length && timingSafeEqual(kept, given);
};
