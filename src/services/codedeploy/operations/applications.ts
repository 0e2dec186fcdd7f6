import { NotImplemented } from "../../../kernel/errors.ts";
import { applicationExists } from "../errors.ts";
import { findApplication } from "../find.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";
import { applicationView } from "../views.ts";

export const createApplication =
  ({ applications, deps }: Pick<Room, "applications" | "deps">): Operation<"CreateApplication"> =>
  async (_ctx, input) => {
    const { applicationName: name, computePlatform = "Server" } = input;
    if (applications.has(name)) throw applicationExists(name);
    if (computePlatform !== "Lambda")
      throw new NotImplemented(`codedeploy for the compute platform ${computePlatform}`);
    const id = deps.ids.uuid();
    applications.put(name, { id, name, createdAt: deps.clock.now(), tags: tagsFrom(input.tags) });
    return { applicationId: id };
  };

export const getApplication =
  (room: Pick<Room, "applications">): Operation<"GetApplication"> =>
  async (_ctx, input) => ({ application: applicationView(findApplication(room, input.applicationName)) });

export const batchGetApplications =
  (room: Pick<Room, "applications">): Operation<"BatchGetApplications"> =>
  async (_ctx, input) => ({
    applicationsInfo: input.applicationNames.flatMap((name) => {
      const application = room.applications.get(name);
      return application ? [applicationView(application)] : [];
    }),
  });

export const listApplications =
  ({ applications }: Pick<Room, "applications">): Operation<"ListApplications"> =>
  async (_ctx, input) => {
    const names = [...applications.range()].map(({ value }) => value.name);
    const { items, ...next } = page(names, input.nextToken);
    return { applications: items, ...next };
  };

export const updateApplication =
  (room: Pick<Room, "applications" | "groups" | "deps">): Operation<"UpdateApplication"> =>
  async (_ctx, input) => {
    const { newApplicationName: name } = input;
    if (!input.applicationName || !name || name === input.applicationName) return {};
    const application = findApplication(room, input.applicationName);
    if (room.applications.has(name)) throw applicationExists(name);
    const groups = [...room.groups.range({ prefix: [application.name] })].map(({ value }) => value);
    room.deps.records.atomically(() => {
      room.applications.delete(application.name);
      room.applications.put(name, { ...application, name });
      room.groups.clear({ prefix: [application.name] });
      for (const group of groups) room.groups.put([name, group.name], { ...group, application: name });
    });
    return {};
  };

/** AWS: deleting what is not there is no error. */
export const deleteApplication =
  (room: Pick<Room, "applications" | "groups">): Operation<"DeleteApplication"> =>
  async (_ctx, input) => {
    room.applications.delete(input.applicationName);
    room.groups.clear({ prefix: [input.applicationName] });
    return {};
  };
