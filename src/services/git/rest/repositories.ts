import { keyOf } from "../../../engines/git/place.ts";
import { refsOf } from "../../../engines/git/revisions.ts";
import { setHead } from "../bareRepository.ts";
import { OWNER, REPOSITORY } from "../limits.ts";
import { newRepository } from "../newRepository.ts";
import type { RepositoryRecord } from "../records.ts";
import { removeRepository } from "../removeRepository.ts";
import type { Room } from "../room.ts";
import {
  type Answer,
  type Asked,
  created,
  invalid,
  notFound,
  nothing,
  ok,
  type RepositoryRoute,
  refuse,
} from "./api.ts";
import { flagIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";
import { OWNER_LOGIN, repositoryView, userView } from "./views.ts";
import { commitFile } from "./writeFile.ts";

const getUser = async ({ room, caller: { login } }: Asked): Promise<Answer> =>
  ok({ ...userView(room, login), name: login });

const getNamedUser = async ({ room, params: [login = ""] }: Asked): Promise<Answer> => {
  const isKnown = login === OWNER_LOGIN || [...room.repositories.list()].some(({ owner }) => same(owner, login));
  if (!isKnown) throw notFound();
  return ok({ ...userView(room, login), name: login });
};

const listRepositories = async (asked: Asked): Promise<Answer> => {
  const { room, caller, params } = asked;
  const [login] = params;
  const seen = [...room.repositories.list()].filter(
    (repository) =>
      (caller.kind === "owner" || caller.key === keyOf(repository).join("/")) &&
      (login === undefined || same(repository.owner, login)),
  );
  return paged(asked, seen, (repository) => repositoryView(room, repository));
};

const createRepository = async (asked: Asked): Promise<Answer> => {
  const { room, caller, params } = asked;
  if (caller.kind !== "owner") throw refuse(403, "Resource not accessible by personal access token");
  const body = await readJson(asked);
  const name = textIn(body, "name");
  const owner = params[0] ?? OWNER_LOGIN;
  if (!OWNER.test(owner)) throw notFound();
  if (!REPOSITORY.test(name)) throw invalid("Repository", "name", "custom", "name is not valid");
  if (room.repositories.get({ owner, name }))
    throw refuse(422, "Repository creation failed.", [
      { resource: "Repository", code: "custom", field: "name", message: "name already exists on this account" },
    ]);
  const description = optionalTextIn(body, "description") ?? "";
  const readme = flagIn(body, "auto_init") === true;
  const repository = await newRepository(room, { owner, name }, { description });
  if (readme) await addReadme(room, repository);
  return created(repositoryView(room, repository));
};

const addReadme = async (room: Room, repository: RepositoryRecord): Promise<void> => {
  const { name, description } = repository;
  const text = `# ${name}\n${description}`.trimEnd();
  await commitFile(room, repository, {
    branch: repository.defaultBranch,
    path: "README.md",
    content: Buffer.from(text),
    message: "Initial commit",
  });
};

const getRepository: RepositoryRoute[1] = async ({ room, repository }) => ok(repositoryView(room, repository));

const updateRepository: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const body = await readJson(asked);
  const name = optionalTextIn(body, "name");
  if (name !== undefined && name !== repository.name)
    throw refuse(501, "aloft has not built the renaming of repositories yet.");
  const branch = optionalTextIn(body, "default_branch");
  if (branch !== undefined && branch !== repository.defaultBranch) {
    if (!(await refsOf(room, repository)).has(`refs/heads/${branch}`))
      throw invalid("Repository", "default_branch", "invalid", `The branch ${branch} was not found.`);
    await setHead(room, repository, `refs/heads/${branch}`);
  }
  const changed = {
    ...repository,
    description: optionalTextIn(body, "description") ?? repository.description,
    defaultBranch: branch ?? repository.defaultBranch,
  };
  room.repositories.put(changed);
  return ok(repositoryView(room, changed));
};

const deleteRepository: RepositoryRoute[1] = async ({ room, repository, caller }) => {
  if (caller.kind !== "owner") throw refuse(403, "Must have admin rights to Repository.");
  await removeRepository(room, repository);
  return nothing;
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** GitHub Enterprise Server: what an instance without limits answers; its answers have no headers of limits, either. */
const getRateLimit = async (): Promise<Answer> => {
  throw refuse(404, "Rate limiting is not enabled.");
};

/** Addresses that are of no repository. */
export const userRoutes = [
  ["GET /rate_limit", getRateLimit],
  ["GET /user", getUser],
  ["GET /users/*", getNamedUser],
  ["GET /user/repos", listRepositories],
  ["GET /users/*/repos", listRepositories],
  ["GET /orgs/*/repos", listRepositories],
  ["POST /user/repos", createRepository],
  ["POST /orgs/*/repos", createRepository],
] as const;

export const repositoryRoutes: readonly RepositoryRoute[] = [
  ["GET ", getRepository],
  ["PATCH ", updateRepository],
  ["DELETE ", deleteRepository],
];
