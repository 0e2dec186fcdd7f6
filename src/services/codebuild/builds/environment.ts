import { npmEnvironment } from "../../../engines/process/npm.ts";
import type { Room } from "../room.ts";

/** What every command of a build sees: where this cloud is, and how the network is reached. */
export const buildVariables = ({ deps }: Pick<Room, "deps">): Record<string, string> => ({
  ...npmEnvironment(),
  AWS_ENDPOINT_URL: deps.endpoint(),
  AWS_ACCOUNT_ID: deps.account,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});
