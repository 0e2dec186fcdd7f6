import { checkServiceRole } from "../builds/serviceRole.ts";
import { findProject } from "../find.ts";
import type { ProjectRecord, ProjectSettings } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkFleetOf, checkSettings, refuseUnbuilt, roleArn, tagsOf } from "../settings.ts";
import { projectView } from "../views.ts";

export const updateProject =
  (room: Pick<Room, "projects" | "fleets" | "clock" | "deps">): Operation<"UpdateProject"> =>
  async (ctx, { name, tags, ...changes }) => {
    const project = findProject(room, ctx, name);
    const settings = merged(project.settings, changes);
    const whole = { ...settings, serviceRole: roleArn(ctx, settings.serviceRole) };
    checkSettings(whole);
    refuseUnbuilt(whole);
    checkFleetOf(room, whole);
    if (changes.serviceRole !== undefined) await checkServiceRole(room, whole.serviceRole, project.arn);
    const updated: ProjectRecord = {
      ...project,
      settings: whole,
      tags: tags === undefined ? project.tags : tagsOf(tags),
      modifiedAt: room.clock.now(),
    };
    room.projects.put(name, updated);
    return { project: projectView(updated, room) };
  };

/** What is not named stays; what is named replaces the whole of it. */
const merged = (
  settings: ProjectSettings,
  changes: { readonly [K in keyof ProjectSettings]?: ProjectSettings[K] | undefined },
): ProjectSettings => {
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...settings, ...named };
};
