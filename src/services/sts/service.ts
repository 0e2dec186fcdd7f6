import * as model from "@aws-sdk/client-sts";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { assumeRole } from "./operations/assumeRole.ts";
import { assumeRoleWithWebIdentity } from "./operations/assumeRoleWithWebIdentity.ts";
import { decodeAuthorizationMessage } from "./operations/decodeAuthorizationMessage.ts";
import { getAccessKeyInfo } from "./operations/getAccessKeyInfo.ts";
import { getCallerIdentity } from "./operations/getCallerIdentity.ts";
import { getFederationToken } from "./operations/getFederationToken.ts";
import { getSessionToken } from "./operations/getSessionToken.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS Security Token Service. */
export default defineService<Room, "sts">({
  name: "sts",
  model,
  scope: "account",
  constraints,
  validationErrorCode: "ValidationError",
  unsigned: ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
  open: openRoom,
  operations: {
    AssumeRole: assumeRole,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    DecodeAuthorizationMessage: decodeAuthorizationMessage,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetFederationToken: getFederationToken,
    GetSessionToken: getSessionToken,
  },
  iam,
});
