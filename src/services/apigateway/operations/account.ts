import type { Account } from "@aws-sdk/client-api-gateway";
import { patched } from "../patch.ts";
import { ACCOUNT_KEY } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const DEFAULT_ACCOUNT: Account = {
  throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
  features: ["UsagePlans"],
  apiKeyVersion: "4",
};

export const getAccount =
  (room: Room): Operation<"GetAccount"> =>
  async () =>
    accountOf(room);

export const updateAccount =
  (room: Room): Operation<"UpdateAccount"> =>
  async (_ctx, { patchOperations }) => {
    const account = patched(accountOf(room), patchOperations, { cloudwatchRoleArn: "text", features: "list" });
    room.accountSettings.put(ACCOUNT_KEY, account);
    return account;
  };

const accountOf = ({ accountSettings }: Room): Account => accountSettings.get(ACCOUNT_KEY) ?? DEFAULT_ACCOUNT;
