import { NotImplemented } from "../../../kernel/errors.ts";
import { findProject } from "../find.ts";
import type { Operation, Room } from "../room.ts";

/** Nothing is shared with an account here: there is no Resource Access Manager. */
export const listSharedProjects = (): Operation<"ListSharedProjects"> => async () => ({ projects: [] });

export const listSharedReportGroups = (): Operation<"ListSharedReportGroups"> => async () => ({ reportGroups: [] });

/** Differs: a project whose builds anybody may read would need a page for everybody. */
export const updateProjectVisibility =
  (room: Pick<Room, "projects">): Operation<"UpdateProjectVisibility"> =>
  async (ctx, { projectArn, projectVisibility }) => {
    const project = findProject(room, ctx, projectArn);
    if (projectVisibility === "PUBLIC_READ") throw new NotImplemented("public projects of CodeBuild (PUBLIC_READ)");
    return { projectArn: project.arn, projectVisibility: "PRIVATE" };
  };
