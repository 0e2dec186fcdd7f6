import { keyOf } from "../../../engines/git/place.ts";
import { commitAt } from "../../../engines/git/revisions.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { MAX_HOOKS } from "../limits.ts";
import type { HookRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { ping, pushPayload } from "../webhooks/events.ts";
import { queue } from "../webhooks/queue.ts";
import { type AskedOf, created, nothing, ok, type RepositoryRoute, refuse } from "./api.ts";
import { hookIn } from "./hookIn.ts";
import { flagIn, optionalTextIn, readJson, textIn, textsIn } from "./input.ts";
import { paged } from "./paging.ts";
import { addressesOf, isoTime, OWNER_LOGIN, repositoryView, userView } from "./views.ts";

const listHooks: RepositoryRoute[1] = async (asked) =>
  paged(asked, [...asked.room.hooks.values({ prefix: keyOf(asked.repository) })], (hook) => hookView(asked, hook));

const createHook: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const name = optionalTextIn(body, "name") ?? "web";
  if (name !== "web") throw invalidHook(`name must be "web"`);
  const existing = [...room.hooks.values({ prefix: keyOf(repository) })];
  if (existing.length >= MAX_HOOKS) throw invalidHook(`The "push" event cannot have more than ${MAX_HOOKS} hooks`);
  const now = room.clock.now();
  const hook: HookRecord = {
    id: nextNumber(room, "hooks"),
    ...configIn(asked, configOf(body), undefined),
    events: eventsIn(textsIn(body, "events") ?? ["push"]),
    active: flagIn(body, "active") ?? true,
    createdAt: now,
    updatedAt: now,
  };
  if (existing.some(({ url, events }) => url === hook.url && events.some((each) => hook.events.includes(each))))
    throw invalidHook("Hook already exists on this repository");
  room.hooks.put([...keyOf(repository), hook.id], hook);
  ping(room, repository, hook, hookView(asked, hook));
  return created(hookView(asked, hook));
};

const invalidHook = (message: string) =>
  refuse(422, "Validation Failed", [{ resource: "Hook", code: "custom", message }]);

const configOf = ({ config = null }: JsonObject): JsonObject => {
  if (!isJsonObject(config)) throw refuse(422, `Invalid request.\n\n"config" wasn't supplied.`);
  return config;
};

type Config = Pick<HookRecord, "url" | "contentType" | "insecureSsl" | "sealedSecret">;

const configIn = ({ room }: AskedOf, config: JsonObject, before: Config | undefined): Config => {
  const url = before ? (optionalTextIn(config, "url") ?? before.url) : textIn(config, "url");
  checkUrl(url);
  const contentType = optionalTextIn(config, "content_type") ?? before?.contentType ?? "form";
  if (contentType !== "json" && contentType !== "form") throw invalidHook("content_type must be json or form");
  const ssl = config["insecure_ssl"];
  if (String(ssl ?? "0") !== "0" && url.startsWith("https:"))
    throw refuse(501, "aloft has not built hooks that trust any certificate (insecure_ssl) yet.");
  const secret = optionalTextIn(config, "secret");
  const sealed = secret === undefined ? before?.sealedSecret : room.deps.cipher.seal(secret);
  return {
    url,
    contentType,
    insecureSsl: String(ssl ?? "0") === "0" ? "0" : "1",
    ...(sealed === undefined || secret === "" ? {} : { sealedSecret: sealed }),
  };
};

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Differs: GitHub refuses addresses of one's own machine; this host speaks to nothing else. */
const checkUrl = (url: string): void => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw invalidHook("url is not a valid URL");
  const { hostname } = new URL(url);
  if (!LOOPBACK.test(hostname)) throw invalidHook(`url is not supported: ${hostname} is not on this machine`);
};

const EVENTS: ReadonlySet<string> = new Set([
  "*",
  "check_run",
  "deployment",
  "deployment_status",
  "commit_comment",
  "create",
  "delete",
  "issue_comment",
  "ping",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "push",
  "release",
  "status",
]);

/** Events that never happen here are refused, for nobody is to wait for them. */
const eventsIn = (events: readonly string[]): readonly string[] => {
  for (const event of events)
    if (!EVENTS.has(event)) throw refuse(501, `aloft has not built hooks of the event ${event} yet.`);
  return events;
};

const getHook: RepositoryRoute[1] = async (asked) => ok(hookView(asked, hookIn(asked)));

const updateHook: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const hook = hookIn(asked);
  const body = await readJson(asked);
  const given = eventsIn(textsIn(body, "events") ?? hook.events);
  const added = eventsIn(textsIn(body, "add_events") ?? []);
  const removed = new Set(textsIn(body, "remove_events") ?? []);
  const { sealedSecret: _, ...rest } = hook;
  const changed: HookRecord = {
    ...rest,
    ...configIn(asked, body["config"] === undefined ? {} : configOf(body), hook),
    events: [...new Set([...given, ...added])].filter((event) => !removed.has(event)),
    active: flagIn(body, "active") ?? hook.active,
    updatedAt: room.clock.now(),
  };
  room.hooks.put([...keyOf(repository), hook.id], changed);
  return ok(hookView(asked, changed));
};

const deleteHook: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const prefix = [...keyOf(repository), hookIn(asked).id];
  room.hooks.delete(prefix);
  room.deliveries.clear({ prefix });
  return nothing;
};

const pingHook: RepositoryRoute[1] = async (asked) => {
  const hook = hookIn(asked);
  ping(asked.room, asked.repository, hook, hookView(asked, hook));
  return nothing;
};

/** GitHub: the latest push once more, for hooks that hear of pushes. */
const testHook: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const hook = hookIn(asked);
  if (!hook.events.includes("push") && !hook.events.includes("*")) return nothing;
  const ref = `refs/heads/${repository.defaultBranch}`;
  const { commitId } = await commitAt(room, repository, ref);
  const update = { ref, before: commitId, after: commitId };
  const payload = {
    ...(await pushPayload(room, repository, update, [commitId])),
    repository: repositoryView(room, repository),
    sender: userView(room, OWNER_LOGIN),
  };
  queue(room, repository, hook, { event: "push", action: null, payload });
  return nothing;
};

const hookView = ({ room, repository }: AskedOf, hook: HookRecord) => {
  const url = `${addressesOf(room, repository).api}/hooks/${hook.id}`;
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.contentType,
      insecure_ssl: hook.insecureSsl,
      url: hook.url,
      // GitHub: a secret is never shown again.
      ...(hook.sealedSecret === undefined ? {} : { secret: "********" }),
    },
    updated_at: isoTime(hook.updatedAt),
    created_at: isoTime(hook.createdAt),
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: hook.lastResponse ?? { code: null, status: "unused", message: null },
  };
};

export const hookRoutes: readonly RepositoryRoute[] = [
  ["GET /hooks", listHooks],
  ["POST /hooks", createHook],
  ["GET /hooks/*", getHook],
  ["PATCH /hooks/*", updateHook],
  ["DELETE /hooks/*", deleteHook],
  ["POST /hooks/*/pings", pingHook],
  ["POST /hooks/*/tests", testHook],
];
