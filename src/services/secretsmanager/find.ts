import { DAY_MS } from "../../kernel/clock.ts";
import { invalidName, markedForDeletion, readOnlyReplica, secretNotFound } from "./errors.ts";
import type { SecretRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Random characters that Secrets Manager adds to a name to make its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
const NAME = /^[A-Za-z0-9/_+=.@!-]+$/;

/** Refuses what can be no secret's name. */
export const checkName = (name: string): void => {
  if (!NAME.test(name)) throw invalidName();
};

/** The secret a `SecretId` names: by name, by ARN, or by ARN without its random tail. Throws when there is none. */
export const findSecret = ({ secrets, clock }: Pick<Room, "secrets" | "clock">, id: string): SecretRecord => {
  const isArn = id.startsWith("arn:");
  if (!isArn) checkName(id);
  const secret = isArn ? byArn(secrets, id) : secrets.get(id);
  if (!secret) throw secretNotFound();
  if (secret.purgeAt === undefined || secret.purgeAt > clock.now()) return secret;
  // Its recovery window is over: AWS removes it in the background, we when it is next looked at.
  secrets.remove(secret.name);
  throw secretNotFound();
};

/** The same for operations that refuse a secret waiting for its deletion. */
export const findLiveSecret = (room: Pick<Room, "secrets" | "clock">, id: string): SecretRecord => {
  const secret = findSecret(room, id);
  if (secret.deletedAt !== undefined) throw markedForDeletion();
  return secret;
};

/** The same for operations that change it: a replica is changed by the secret that it follows. */
export const findOwnSecret = (room: Pick<Room, "secrets" | "clock">, id: string): SecretRecord => {
  const secret = findLiveSecret(room, id);
  if (secret.primaryRegion !== undefined) throw readOnlyReplica();
  return secret;
};

const byArn = (secrets: Room["secrets"], arn: string): SecretRecord | undefined => {
  const name = arn.split(":").slice(6).join(":");
  const whole = secrets.get(name.replace(SUFFIX, ""));
  if (whole?.arn === arn) return whole;
  const partial = secrets.get(name);
  return partial?.arn.replace(SUFFIX, "") === arn ? partial : undefined;
};

/** AWS keeps when a secret was last read only to the day. */
export const accessedToday = (now: number): number => now - (now % DAY_MS);
