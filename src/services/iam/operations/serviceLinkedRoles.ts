import { invalidInput, noSuchEntity } from "../errors.ts";
import { findRole } from "../find.ts";
import { DEFAULT_SESSION_DURATION_SECONDS, ID_CHARACTERS } from "../limits.ts";
import type { RoleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { serviceLinkedRole } from "../serviceLinkedRoles.ts";
import { roleView } from "../views.ts";

/** Makes the role that a service assumes in this account, as that service wants it. */
export const createServiceLinkedRole =
  (room: Room): Operation<"CreateServiceLinkedRole"> =>
  async (_ctx, { AWSServiceName, Description, CustomSuffix }) => {
    const known = serviceLinkedRole(AWSServiceName);
    if (!known) throw invalidInput(`Service Linked Role not available for ${AWSServiceName}`);
    if (CustomSuffix !== undefined && !known.takesSuffix) {
      throw invalidInput(`Custom suffix is not allowed for ${AWSServiceName}`);
    }
    const name = CustomSuffix === undefined ? known.name : `${known.name}_${CustomSuffix}`;
    if (room.roles.taken(name)) {
      throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`);
    }
    const path = `/aws-service-role/${AWSServiceName}/`;
    const role: RoleRecord = {
      name,
      path,
      id: `AROA${room.ids.upper(ID_CHARACTERS)}`,
      arn: `arn:${room.partition}:iam::${room.account}:role${path}${name}`,
      createdAt: room.clock.now(),
      trustPolicy: trusting(AWSServiceName),
      ...(Description === undefined ? {} : { description: Description }),
      maxSessionDurationSeconds: DEFAULT_SESSION_DURATION_SECONDS,
      tags: [],
      inlinePolicies: [],
      attachedPolicies: [`arn:${room.partition}:iam::aws:policy/aws-service-role/${known.policy}`],
      linkedService: AWSServiceName,
    };
    room.roles.put(role);
    return { Role: roleView(role) };
  };

/** AWS deletes it in the background; here it is gone when the task's id is given. */
export const deleteServiceLinkedRole =
  (room: Room): Operation<"DeleteServiceLinkedRole"> =>
  async (_ctx, { RoleName }) => {
    const { linkedService, name } = findRole(room, RoleName);
    if (linkedService === undefined) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    room.roles.remove(name);
    const taskId = `task/aws-service-role/${linkedService}/${name}/${room.ids.uuid()}`;
    room.settings.put(taskId, "SUCCEEDED");
    return { DeletionTaskId: taskId };
  };

export const getServiceLinkedRoleDeletionStatus =
  ({ settings }: Room): Operation<"GetServiceLinkedRoleDeletionStatus"> =>
  async (_ctx, { DeletionTaskId }) => {
    if (!settings.has(DeletionTaskId)) throw noSuchEntity(`The deletion task ${DeletionTaskId} cannot be found.`);
    return { Status: "SUCCEEDED" };
  };

const trusting = (Service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });
