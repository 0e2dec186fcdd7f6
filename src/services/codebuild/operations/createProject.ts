import { checkServiceRole } from "../builds/serviceRole.ts";
import { projectAlreadyExists } from "../errors.ts";
import { projectArn } from "../find.ts";
import type { ProjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkFleetOf, checkSettings, refuseUnbuilt, roleArn, tagsOf } from "../settings.ts";
import { projectView } from "../views.ts";

export const createProject =
  (room: Pick<Room, "projects" | "fleets" | "clock" | "deps">): Operation<"CreateProject"> =>
  async (ctx, { name, tags, ...given }) => {
    const arn = projectArn(ctx, name);
    const settings = { ...given, serviceRole: roleArn(ctx, given.serviceRole) };
    checkSettings(settings);
    refuseUnbuilt(settings);
    checkFleetOf(room, settings);
    if (room.projects.has(name)) throw projectAlreadyExists(arn);
    await checkServiceRole(room, settings.serviceRole, arn);
    if (room.projects.has(name)) throw projectAlreadyExists(arn);
    const now = room.clock.now();
    const project: ProjectRecord = { name, arn, settings, tags: tagsOf(tags), createdAt: now, modifiedAt: now };
    room.projects.put(name, project);
    return { project: projectView(project, room) };
  };
