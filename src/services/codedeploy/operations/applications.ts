import type { Collection } from "../../../store/records.ts";
import { endDeployments, moveDeployments } from "../deploy/meanwhile.ts";
import { applicationExists, applicationNameRequired, batchTooLarge } from "../errors.ts";
import { findApplication } from "../find.ts";
import { MAX_NAMES_IN_BATCH } from "../limits.ts";
import { page } from "../paging.ts";
import type { ApplicationRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";
import { applicationView } from "../views.ts";

export const createApplication =
  ({ applications, deps }: Pick<Room, "applications" | "deps">): Operation<"CreateApplication"> =>
  async (_ctx, input) => {
    const { applicationName: name, computePlatform: platform = "Server" } = input;
    if (applications.has(name)) throw applicationExists(name);
    const id = deps.ids.uuid();
    applications.put(name, { id, name, platform, createdAt: deps.clock.now(), tags: tagsFrom(input.tags) });
    return { applicationId: id };
  };

export const getApplication =
  (room: Pick<Room, "applications">): Operation<"GetApplication"> =>
  async (_ctx, input) => ({ application: applicationView(findApplication(room, input.applicationName)) });

export const batchGetApplications =
  (room: Pick<Room, "applications">): Operation<"BatchGetApplications"> =>
  async (_ctx, { applicationNames: names }) => {
    if (names.length === 0) throw applicationNameRequired();
    if (names.length > MAX_NAMES_IN_BATCH) throw batchTooLarge(MAX_NAMES_IN_BATCH);
    return { applicationsInfo: names.map((name) => applicationView(findApplication(room, name))) };
  };

export const listApplications =
  ({ applications }: Pick<Room, "applications">): Operation<"ListApplications"> =>
  async (_ctx, input) => {
    const names = [...applications.range()].map(({ value }) => value.name);
    const { items, ...next } = page(names, input.nextToken);
    return { applications: items, ...next };
  };

export const updateApplication =
  (room: Room): Operation<"UpdateApplication"> =>
  async (_ctx, input) => {
    if (!input.applicationName) throw applicationNameRequired();
    const application = findApplication(room, input.applicationName);
    const { newApplicationName: name = application.name } = input;
    if (name === application.name) return {};
    if (room.applications.has(name)) throw applicationExists(name);
    room.deps.records.atomically(() => rename(room, application, name));
    return {};
  };

/** What bears an application's name moves with it, but for deployments that have ended: AWS tells of them under the name they had. */
const rename = (room: Room, application: ApplicationRecord, name: string) => {
  const { applications, groups, revisions } = room;
  const prefix = [application.name];
  for (const group of [...groups.values({ prefix })]) moveDeployments(room, group, { ...group, application: name });
  const renamed = <T>(kept: Collection<T>, to: (value: T) => T) => {
    const entries = [...kept.range({ prefix })];
    kept.clear({ prefix });
    for (const { key, value } of entries) if (Array.isArray(key)) kept.put([name, ...key.slice(1)], to(value));
  };
  applications.delete(application.name);
  applications.put(name, { ...application, name });
  renamed(groups, (group) => ({ ...group, application: name }));
  renamed(revisions, (revision) => ({ ...revision, application: name }));
};

/** AWS: deleting what is not there is no error. */
export const deleteApplication =
  (room: Room): Operation<"DeleteApplication"> =>
  async (_ctx, { applicationName }) => {
    const prefix = [applicationName];
    for (const group of [...room.groups.values({ prefix })]) endDeployments(room, group, "application");
    room.applications.delete(applicationName);
    for (const of of [room.groups, room.revisions, room.history]) of.clear({ prefix });
    return {};
  };
