import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { serviceFor } from "../../../kernel/principal.ts";
import type { Room } from "../room.ts";
import type { ApiRequest } from "./request.ts";

export const SERVICE = "apigateway.amazonaws.com";

/** The gateway itself, on behalf of a part of an API, within a request's trace. */
export const gatewayFor = (room: Room, { headers }: ApiRequest, sourceArn: string): Context =>
  room
    .contextAs(serviceFor(room.account, SERVICE, sourceArn))
    .traced(headers.find(([name]) => name === "x-amzn-trace-id")?.[1]);

/** The gateway as the role that an integration or an authorizer names; as itself where it names none. */
export const inRole = (self: Context, role: string | undefined): Context | Promise<Context> =>
  role === undefined ? self : assumeRole(self, { service: SERVICE }, role, "BackplaneAssumeRoleSession");
