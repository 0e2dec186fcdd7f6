import { mergeBase } from "../../../engines/git/commits.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import type { DeploymentRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { latestStatuses } from "../statuses.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, type RepositoryRoute, refuse } from "./api.ts";
import { resolveCommit } from "./commits.ts";
import { deploymentView } from "./deploymentViews.ts";
import { flagIn, optionalTextIn, readJson, textIn, textsIn } from "./input.ts";

/** https://docs.github.com/en/rest/deployments/deployments#create-a-deployment */
export const createDeployment: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const ref = textIn(body, "ref");
  const sha = await resolveCommit(asked, ref);
  if (flagIn(body, "auto_merge") ?? true) await checkMerged(asked, ref, sha);
  checkContexts(asked, ref, sha, textsIn(body, "required_contexts"));
  const environment = optionalTextIn(body, "environment") ?? "production";
  const now = room.clock.now();
  const deployment: DeploymentRecord = {
    id: nextNumber(room, "deployments"),
    sha,
    ref,
    task: optionalTextIn(body, "task") ?? "deploy",
    payload: body["payload"] ?? {},
    environment,
    description: optionalTextIn(body, "description") || null,
    transient: flagIn(body, "transient_environment") ?? false,
    production: flagIn(body, "production_environment") ?? environment === "production",
    createdAt: now,
    updatedAt: now,
  };
  room.deployments.put([...keyOf(repository), deployment.id], deployment);
  const view = deploymentView(asked, deployment);
  await tell(room, repository, "deployment", "created", () => ({ deployment: view }));
  return created(view);
};

/** GitHub merges the default branch into a branch that lacks some of it before it deploys. */
const checkMerged = async ({ room, repository }: AskedOf, ref: string, sha: string): Promise<void> => {
  const refs = await refsOf(room, repository);
  const newest = refs.get(`refs/heads/${repository.defaultBranch}`);
  if (newest === undefined || !refs.has(`refs/heads/${ref.replace(/^(refs\/)?heads\//, "")}`)) return;
  if ((await mergeBase(room, repository, newest, sha)) !== newest)
    throw refuse(
      501,
      `aloft has not built auto_merge yet: ${ref} lacks commits of ${repository.defaultBranch}. Merge them, or set auto_merge to false.`,
    );
};

/** GitHub: without contexts of its own a deployment wants every status of the commit to be good. */
const checkContexts = (
  { room, repository }: AskedOf,
  ref: string,
  sha: string,
  required: readonly string[] | undefined,
): void => {
  const states = new Map(latestStatuses(room, repository, sha).map(({ context, state }) => [context, state]));
  const contexts = (required ?? [...states.keys()]).map((context) => ({ context, state: states.get(context) }));
  if (contexts.every(({ state }) => state === "success")) return;
  const told = contexts.map(({ context, state }) => ({ context, state: state ?? "pending" }));
  throw refuse(409, `Conflict: Commit status checks failed for ${ref}.`, [
    { contexts: told, resource: "Deployment", field: "required_contexts", code: "invalid" },
  ]);
};
