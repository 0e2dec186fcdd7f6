import { keyOf } from "../../../engines/git/place.ts";
import { type Answer, type Asked, type AskedOf, notFound } from "./api.ts";
import { archiveRoutes } from "./archives.ts";
import { assetRoutes } from "./assets.ts";
import { branchRoutes } from "./branches.ts";
import { checkRoutes } from "./checkRuns.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { deploymentStatusRoutes } from "./deploymentStatuses.ts";
import { deploymentRoutes } from "./deployments.ts";
import { hookRoutes } from "./hooks.ts";
import { lineCommentRoutes } from "./lineComments/routes.ts";
import { mergeRoutes } from "./merges.ts";
import { newObjectRoutes } from "./newObjects.ts";
import { objectRoutes } from "./objects.ts";
import { pullRoutes } from "./pulls.ts";
import { refRoutes } from "./refs.ts";
import { releaseRoutes } from "./releases.ts";
import { repositoryRoutes, userRoutes } from "./repositories.ts";
import { reviewerRoutes } from "./reviewers.ts";
import { reviewRoutes } from "./reviews.ts";
import { rulesetRoutes } from "./rulesets/rulesets.ts";
import { statusRoutes } from "./statuses.ts";
import { tagObjectRoutes } from "./tagObjects.ts";

type Route = (asked: Asked) => Promise<Answer>;

/** Below `/repos/OWNER/NAME`; the first that fits is taken. */
const OF_REPOSITORIES = [
  ...repositoryRoutes,
  ...contentRoutes,
  ...statusRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...assetRoutes,
  ...releaseRoutes,
  ...deploymentStatusRoutes,
  ...deploymentRoutes,
  ...mergeRoutes,
  ...commitRoutes,
  ...refRoutes,
  ...objectRoutes,
  ...newObjectRoutes,
  ...tagObjectRoutes,
  ...archiveRoutes,
  ...branchRoutes,
  ...hookRoutes,
  ...deliveryRoutes,
  ...reviewRoutes,
  ...lineCommentRoutes,
  ...reviewerRoutes,
  ...rulesetRoutes,
  ...pullRoutes,
].map(([pattern, route]) => [compile(pattern), route] as const);

const OTHERS = userRoutes.map(([pattern, route]) => [compile(pattern), route] as const);

/** The route of a request, and what its pattern caught. Throws GitHub's 404 when there is none. */
export const findRoute = (method: string, path: string): { route: Route; params: readonly string[] } => {
  const request = `${method === "HEAD" ? "GET" : method} ${path}`;
  for (const [pattern, route] of OTHERS) {
    const found = pattern.exec(request);
    if (found) return { route, params: found.slice(1).map(decoded) };
  }
  const [, owner = "", name = "", rest = ""] = /^\S+ \/repos\/([^/]+)\/([^/]+)(.*)$/.exec(request) ?? [];
  if (owner === "") throw notFound();
  for (const [pattern, route] of OF_REPOSITORIES) {
    const found = pattern.exec(`${request.split(" ")[0]} ${rest}`);
    if (found)
      return {
        route: (asked) => route(ofRepository(asked, decoded(owner), decoded(name))),
        params: found.slice(1).map(decoded),
      };
  }
  throw notFound();
};

/** `*` catches one part of a path, `**` any number of them. */
function compile(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/\*\*|\*/g, (stars) => (stars === "**" ? "(.+)" : "([^/]+)"))}$`);
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Escapes that are none name nothing.
    throw notFound();
  }
};

/** GitHub: what one may not see is not there. */
const ofRepository = (asked: Asked, owner: string, name: string): AskedOf => {
  const repository = asked.room.repositories.get({ owner, name });
  if (!repository) throw notFound();
  if (asked.caller.kind === "repository" && asked.caller.key !== keyOf(repository).join("/")) throw notFound();
  return { ...asked, repository };
};
