import type { CommitDetail } from "../../../engines/git/commits.ts";
import type { FileChange } from "../../../engines/git/diff.ts";
import type { RepositoryRecord, StatusRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { API_PATH } from "./api.ts";

/** Whom the cloud's own credentials stand for. */
export const OWNER_LOGIN = "aloft";

export const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");

/** Where things of a repository are, for programs and for people. */
export const addressesOf = ({ deps }: Room, { owner, name }: { readonly owner: string; readonly name: string }) => ({
  api: `${deps.endpoint()}${API_PATH}/repos/${owner}/${name}`,
  html: `${deps.endpoint()}/git/${owner}/${name}`,
});

/** Identifiers in the style of GitHub's: opaque, and the same for the same thing. */
export const nodeId = (kind: string, ...parts: readonly (string | number)[]): string =>
  Buffer.from(`${kind}:${parts.join("/")}`).toString("base64url");

export const userView = ({ deps }: Room, login: string) => ({
  login,
  id: numberOf(login.toLowerCase()),
  node_id: nodeId("User", login.toLowerCase()),
  avatar_url: "",
  gravatar_id: "",
  url: `${deps.endpoint()}${API_PATH}/users/${login}`,
  html_url: `${deps.endpoint()}/git/${login}`,
  repos_url: `${deps.endpoint()}${API_PATH}/users/${login}/repos`,
  type: "User",
  site_admin: false,
});

/** A number for a name: the same each time, and positive. */
export const numberOf = (name: string): number => {
  let hash = 5381;
  for (const character of name) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  return hash + 1;
};

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export const repositoryView = (room: Room, repository: RepositoryRecord) => {
  const { owner, name, description, defaultBranch, createdAt } = repository;
  const { api, html } = addressesOf(room, repository);
  const fullName = `${owner}/${name}`;
  return {
    id: numberOf(fullName.toLowerCase()),
    node_id: nodeId("Repository", fullName.toLowerCase()),
    name,
    full_name: fullName,
    private: true,
    visibility: "private",
    owner: userView(room, owner),
    html_url: html,
    description: description === "" ? null : description,
    fork: false,
    url: api,
    branches_url: `${api}/branches{/branch}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    deployments_url: `${api}/deployments`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    hooks_url: `${api}/hooks`,
    pulls_url: `${api}/pulls{/number}`,
    statuses_url: `${api}/statuses/{sha}`,
    tags_url: `${api}/tags`,
    trees_url: `${api}/git/trees{/sha}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    clone_url: `${html}.git`,
    git_url: `${html}.git`,
    ssh_url: `${html}.git`,
    default_branch: defaultBranch,
    archived: false,
    disabled: false,
    has_issues: false,
    has_wiki: false,
    has_pages: false,
    forks_count: 0,
    open_issues_count: 0,
    created_at: isoTime(createdAt),
    updated_at: isoTime(createdAt),
    pushed_at: isoTime(repository.pushedAt ?? createdAt),
    permissions: { admin: true, maintain: true, push: true, triage: true, pull: true },
  };
};

/** https://docs.github.com/en/rest/commits/commits: as lists show it; nobody's login is known by an address of mail. */
export const commitView = (room: Room, repository: RepositoryRecord, commit: CommitDetail) => {
  const { api, html } = addressesOf(room, repository);
  const { id, parents } = commit;
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    commit: {
      ...gitCommitParts(api, commit),
      url: `${api}/git/commits/${id}`,
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null },
    },
    url: `${api}/commits/${id}`,
    html_url: `${html}/commit/${id}`,
    comments_url: `${api}/commits/${id}/comments`,
    author: null,
    committer: null,
    parents: parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
};

/** https://docs.github.com/en/rest/git/commits */
export const gitCommitView = (room: Room, repository: RepositoryRecord, commit: CommitDetail) => {
  const { api, html } = addressesOf(room, repository);
  const { id, parents } = commit;
  return {
    sha: id,
    node_id: nodeId("Commit", id),
    url: `${api}/git/commits/${id}`,
    html_url: `${html}/commit/${id}`,
    ...gitCommitParts(api, commit),
    parents: parents.map((sha) => ({ sha, url: `${api}/git/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null },
  };
};

const gitCommitParts = (api: string, { author, committer, message, tree }: CommitDetail) => ({
  author: { name: author.name, email: author.email, date: author.date },
  committer: { name: committer.name, email: committer.email, date: committer.date },
  message,
  tree: { sha: tree, url: `${api}/git/trees/${tree}` },
});

export const fileView = (room: Room, repository: RepositoryRecord, commit: string, change: FileChange) => {
  const { api, html } = addressesOf(room, repository);
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: change.blob,
    filename: change.path,
    ...(change.previousPath === undefined ? {} : { previous_filename: change.previousPath }),
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${html}/blob/${commit}/${path}`,
    raw_url: `${html}/raw/${commit}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${commit}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
  };
};

/** https://docs.github.com/en/rest/commits/statuses */
export const statusView = (room: Room, repository: RepositoryRecord, commit: string, status: StatusRecord) => ({
  url: `${addressesOf(room, repository).api}/statuses/${commit}`,
  avatar_url: null,
  id: status.id,
  node_id: nodeId("Status", status.id),
  state: status.state,
  description: status.description,
  target_url: status.targetUrl,
  context: status.context,
  created_at: isoTime(status.createdAt),
  updated_at: isoTime(status.createdAt),
});
