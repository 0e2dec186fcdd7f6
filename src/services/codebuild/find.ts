import type { Context } from "../../kernel/context.ts";
import type { BatchRecord } from "./batches/records.ts";
import {
  buildBatchNotFound,
  buildNotFound,
  invalidBuildId,
  invalidInput,
  projectNotFound,
  sandboxNotFound,
} from "./errors.ts";
import type { BuildRecord, ProjectRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A project's ARN. */
export const projectArn = (ctx: Pick<Context, "arn">, name: string): string => ctx.arn(`project/${name}`);

/** `arn:…:project/NAME` or the name itself. */
export const nameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith("arn:") ? (nameOrArn.split(":project/")[1] ?? nameOrArn) : nameOrArn;

/** The project of that name or ARN. Throws when there is none. */
export const findProject = ({ projects }: Pick<Room, "projects">, ctx: Context, nameOrArn: string): ProjectRecord => {
  const project = projects.get(nameOf(nameOrArn));
  if (!project) throw projectNotFound(projectArn(ctx, nameOf(nameOrArn)));
  return project;
};

/** `arn:…:fleet/NAME:UUID` or the name itself. */
export const fleetNameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith("arn:") ? (/:fleet\/([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn) : nameOrArn;

/** `arn:…:build/PROJECT:UUID` or the id itself. */
export const buildIdOf = (idOrArn: string): string =>
  idOrArn.startsWith("arn:") ? (idOrArn.split(":build/")[1] ?? idOrArn) : idOrArn;

/** The build of that id or ARN. Throws when there is none. */
export const findBuild = ({ builds }: Pick<Room, "builds">, idOrArn: string): BuildRecord => {
  const id = buildIdOf(idOrArn);
  if (!id.includes(":")) throw invalidBuildId(idOrArn);
  const build = builds.get(id);
  if (!build) throw buildNotFound(idOrArn);
  return build;
};

/** `arn:…:sandbox/PROJECT:UUID` or the id itself. */
export const sandboxIdOf = (idOrArn: string): string =>
  idOrArn.startsWith("arn:") ? (idOrArn.split(":sandbox/")[1] ?? idOrArn) : idOrArn;

/** The sandbox of that id or ARN. Throws when there is none. */
export const findSandbox = ({ sandboxes }: Pick<Room, "sandboxes">, idOrArn: string): BuildRecord => {
  const id = sandboxIdOf(idOrArn);
  if (!id.includes(":")) throw invalidInput(`Invalid sandbox ID provided: ${idOrArn}`);
  const sandbox = sandboxes.get(id);
  if (!sandbox) throw sandboxNotFound(idOrArn);
  return sandbox;
};

/** `arn:…:build-batch/PROJECT:UUID` or the id itself. */
export const batchIdOf = (idOrArn: string): string =>
  idOrArn.startsWith("arn:") ? (idOrArn.split(":build-batch/")[1] ?? idOrArn) : idOrArn;

/** The batch of that id or ARN. Throws when there is none. */
export const findBatch = ({ batches }: Pick<Room, "batches">, idOrArn: string): BatchRecord => {
  const id = batchIdOf(idOrArn);
  if (!id.includes(":")) throw invalidInput(`Invalid build batch ID provided: ${idOrArn}`);
  const batch = batches.get(id);
  if (!batch) throw buildBatchNotFound(idOrArn);
  return batch;
};
