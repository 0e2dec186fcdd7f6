import * as model from "@aws-sdk/client-sts";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { assumeRole } from "./operations/assumeRole.ts";
import { getCallerIdentity } from "./operations/getCallerIdentity.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS Security Token Service. */
export default defineService<Room, "sts">({
  name: "sts",
  model,
  scope: "account",
  constraints,
  validationErrorCode: "ValidationError",
  open: openRoom,
  operations: {
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
  },
  iam,
});
