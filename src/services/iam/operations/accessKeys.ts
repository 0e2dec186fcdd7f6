import { limitExceeded, noSuchEntity } from "../errors.ts";
import { findUser } from "../find.ts";
import { MAX_ACCESS_KEYS_PER_USER } from "../limits.ts";
import { page } from "../paging.ts";
import type { AccessKeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { callingUser, keysOf } from "../users.ts";

const KEY_ID_CHARACTERS = 16;
const SECRET_CHARACTERS = 40;

export const createAccessKey =
  (room: Room): Operation<"CreateAccessKey"> =>
  async (ctx, input) => {
    const user = findUser(room, input.UserName ?? callingUser(ctx));
    if (keysOf(room, user.name).length >= MAX_ACCESS_KEYS_PER_USER) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${MAX_ACCESS_KEYS_PER_USER}`);
    }
    const secret = room.ids.mixed(SECRET_CHARACTERS);
    const key: AccessKeyRecord = {
      accessKeyId: `AKIA${room.ids.upper(KEY_ID_CHARACTERS)}`,
      userName: user.name,
      sealedSecret: room.cipher.seal(secret),
      status: "Active",
      createdAt: room.clock.now(),
    };
    room.accessKeys.put(key.accessKeyId, key);
    return { AccessKey: { ...accessKeyView(key), SecretAccessKey: secret } };
  };

export const listAccessKeys =
  (room: Room): Operation<"ListAccessKeys"> =>
  async (ctx, input) => {
    // AWS: a root that names no user sees its own keys; ours are no records.
    if (input.UserName === undefined && ctx.principal.kind === "root")
      return { AccessKeyMetadata: [], IsTruncated: false };
    const user = findUser(room, input.UserName ?? callingUser(ctx));
    const { items, paging } = page(keysOf(room, user.name), input);
    return { AccessKeyMetadata: items.map(accessKeyView), ...paging };
  };

export const updateAccessKey =
  (room: Room): Operation<"UpdateAccessKey"> =>
  async (ctx, input) => {
    const key = findKey(room, input.UserName ?? callingUser(ctx), input.AccessKeyId);
    const status = input.Status === "Inactive" ? "Inactive" : "Active";
    room.accessKeys.put(key.accessKeyId, { ...key, status });
    return {};
  };

export const deleteAccessKey =
  (room: Room): Operation<"DeleteAccessKey"> =>
  async (ctx, input) => {
    const key = findKey(room, input.UserName ?? callingUser(ctx), input.AccessKeyId);
    room.accessKeys.delete(key.accessKeyId);
    return {};
  };

/** AWS: also for a key of which only the id is known, whoever's it is. */
export const getAccessKeyLastUsed =
  ({ accessKeys, usage }: Room): Operation<"GetAccessKeyLastUsed"> =>
  async (_ctx, { AccessKeyId }) => {
    const key = accessKeys.get(AccessKeyId);
    if (!key) throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
    const use = usage.of(AccessKeyId);
    return {
      UserName: key.userName,
      AccessKeyLastUsed: use
        ? { LastUsedDate: new Date(use.at), ServiceName: use.service, Region: use.region }
        : // AWS's words for a key that never was used.
          { LastUsedDate: undefined, ServiceName: "N/A", Region: "N/A" },
    };
  };

const findKey = (room: Room, userName: string, accessKeyId: string): AccessKeyRecord => {
  const key = room.accessKeys.get(accessKeyId);
  if (key?.userName === findUser(room, userName).name) return key;
  throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
};

const accessKeyView = (key: AccessKeyRecord) => ({
  UserName: key.userName,
  AccessKeyId: key.accessKeyId,
  Status: key.status,
  CreateDate: new Date(key.createdAt),
});
