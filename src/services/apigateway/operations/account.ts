import type { Account, PatchOperation } from "@aws-sdk/client-api-gateway";
import { badRequest } from "../errors.ts";
import { patched } from "../patch.ts";
import { ACCOUNT_KEY } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const USAGE_PLANS = "UsagePlans";

const DEFAULT_ACCOUNT: Account = {
  throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
  features: [USAGE_PLANS],
  apiKeyVersion: "4",
};

export const getAccount =
  (room: Room): Operation<"GetAccount"> =>
  async () =>
    accountOf(room);

export const updateAccount =
  (room: Room): Operation<"UpdateAccount"> =>
  async (_ctx, { patchOperations }) => {
    const account = (patchOperations ?? []).reduce(patchedAccount, accountOf(room));
    room.accountSettings.put(ACCOUNT_KEY, account);
    return account;
  };

const accountOf = ({ accountSettings }: Room): Account => accountSettings.get(ACCOUNT_KEY) ?? DEFAULT_ACCOUNT;

/** AWS: a role is replaced; features are added and removed by their names. */
const patchedAccount = (account: Account, operation: PatchOperation): Account => {
  if (operation.path !== "/features") {
    return patched(account, [operation], { cloudwatchRoleArn: "text" }, { replaceOnly: true });
  }
  return { ...account, features: patchedFeatures(account.features ?? [], operation) };
};

const patchedFeatures = (features: readonly string[], { op, path, value }: PatchOperation): string[] => {
  if (op !== "add" && op !== "remove") {
    throw badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`);
  }
  if (!value) throw badRequest("Invalid null or empty value in /features");
  if (op === "remove" && value === USAGE_PLANS) throw badRequest("Usage Plans cannot be disabled once enabled");
  const others = features.filter((feature) => feature !== value);
  return op === "add" ? [...others, value] : others;
};
