import { boundaryOf } from "../boundaries.ts";
import { checkTrustPolicy } from "../documents.ts";
import { alreadyExists, limitExceeded } from "../errors.ts";
import { DEFAULT_SESSION_DURATION_SECONDS, ID_CHARACTERS, MAX_ROLES } from "../limits.ts";
import type { RoleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { isMadeFor, madeFor, tagsOf } from "../tags.ts";
import { createdRoleView } from "../views.ts";

export const createRole =
  (room: Room): Operation<"CreateRole"> =>
  async (_ctx, input) => {
    const { RoleName: name, Path: path = "/" } = input;
    const mark = madeFor(input.Tags);
    const existing = room.roles.get(name);
    if (existing?.path === path && isMadeFor(existing, mark)) {
      return { Role: createdRoleView(existing, input.MaxSessionDuration) };
    }
    if (room.roles.taken(name)) throw alreadyExists("Role", name);
    checkTrustPolicy(room, input.AssumeRolePolicyDocument);
    if (room.roles.count() >= MAX_ROLES) throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${MAX_ROLES}`);
    const role: RoleRecord = {
      name,
      path,
      id: `AROA${room.ids.upper(ID_CHARACTERS)}`,
      arn: `arn:${room.partition}:iam::${room.account}:role${path}${name}`,
      createdAt: room.clock.now(),
      trustPolicy: input.AssumeRolePolicyDocument,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      maxSessionDurationSeconds: input.MaxSessionDuration ?? DEFAULT_SESSION_DURATION_SECONDS,
      ...boundaryOf(room, input.PermissionsBoundary),
      tags: tagsOf(input.Tags),
      ...mark,
      inlinePolicies: [],
      attachedPolicies: [],
    };
    room.roles.put(role);
    return { Role: createdRoleView(role, input.MaxSessionDuration) };
  };
