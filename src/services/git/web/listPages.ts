import { listCommits, mergeBase } from "../../../engines/git/commits.ts";
import { filesBetween } from "../../../engines/git/diff.ts";
import { keyOf } from "../../../engines/git/place.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import type { PullRecord, RepositoryRecord } from "../records.ts";
import { isoTime } from "../rest/views.ts";
import { commitTable, diffSections } from "./commitPages.ts";
import { type Html, html, page } from "./html.ts";
import { linkTo, nameOf } from "./links.ts";
import { crumbsOf, type Shown, tabs } from "./shown.ts";

/** The repositories one may see. */
export const repositoriesPage = (repositories: readonly RepositoryRecord[], title: string): HttpResponse => {
  const rows = repositories.map((repository) => {
    const { owner, description, pushedAt, createdAt } = repository;
    const time = isoTime(pushedAt ?? createdAt);
    return html`<tr><td><a href="${linkTo(repository)}">${owner}/${nameOf(repository)}</a></td><td>${description}</td><td><time datetime="${time}">${time}</time></td></tr>`;
  });
  const table = html`<table>
<caption>Repositories of this Git host</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Description</th><th scope="col">Last push</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
  return page(title, [], rows.length === 0 ? html`<p>There is none yet. A push makes one.</p>` : table);
};

/** What a repository has before anything was pushed to it. */
export const emptyPage = (shown: Shown, endpoint: string): HttpResponse => {
  const { repository } = shown;
  const url = `${endpoint}${linkTo(repository)}.git`;
  return page(
    `${repository.owner}/${nameOf(repository)}`,
    crumbsOf(shown),
    html`<p>This repository is empty. Push to it:</p>
<pre>git push ${url} ${repository.defaultBranch}</pre>`,
  );
};

const BRANCH = "refs/heads/";
const TAG = "refs/tags/";

/** Branches, and then tags. */
export const branchesPage = (shown: Shown, refs: ReadonlyMap<string, string>): HttpResponse => {
  const { room, repository } = shown;
  const rows = (prefix: string) =>
    [...refs].flatMap(([ref, id]) =>
      ref.startsWith(prefix) ? [refRow(shown, ref.slice(prefix.length), id, prefix)] : [],
    );
  const table = (caption: string, prefix: string): Html => html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Commit</th><th scope="col">Rules</th></tr></thead>
<tbody>${rows(prefix)}</tbody>
</table>`;
  const body = html`${tabs(shown, repository.defaultBranch)}${table("Branches", BRANCH)}${table("Tags", TAG)}`;
  return page(`${repository.owner}/${nameOf(repository)}: branches`, crumbsOf(shown), body);

  function refRow(of: Shown, name: string, id: string, prefix: string): Html {
    const isProtected = prefix === BRANCH && room.protections.has([...keyOf(repository), name]);
    const rules = [
      name === repository.defaultBranch && prefix === BRANCH ? "default" : "",
      isProtected ? "protected" : "",
    ];
    return html`<tr><td><a href="${linkTo(of.repository, "commits", name)}">${name}</a></td><td><code>${id.slice(0, 7)}</code></td><td>${rules.filter(Boolean).join(", ")}</td></tr>`;
  }
};

/** Every pull request, the newest first. */
export const pullsPage = (shown: Shown): HttpResponse => {
  const { room, repository } = shown;
  const pulls = [...room.pulls.values({ prefix: keyOf(repository), reverse: true })];
  const rows = pulls.map(
    (pull) =>
      html`<tr><td>${stateOf(pull)}</td><td><a href="${linkTo(repository, "pull", String(pull.number))}">#${pull.number} ${pull.title}</a></td><td><code>${pull.head}</code> into <code>${pull.base}</code></td></tr>`,
  );
  const table = html`<table>
<caption>Pull requests</caption>
<thead><tr><th scope="col">State</th><th scope="col">Title</th><th scope="col">Branches</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
  const body = html`${tabs(shown, repository.defaultBranch)}${rows.length === 0 ? html`<p>There is none.</p>` : table}`;
  return page(`${repository.owner}/${nameOf(repository)}: pull requests`, crumbsOf(shown), body);
};

const stateOf = ({ state, mergedAt }: PullRecord): string => (mergedAt === undefined ? state : "merged");

export const pullPage = async (shown: Shown, pull: PullRecord): Promise<HttpResponse> => {
  const { room, repository } = shown;
  const parted = await mergeBase(room, repository, pull.baseSha, pull.headSha);
  const commits = await listCommits(room, repository, { revisions: [`${pull.baseSha}..${pull.headSha}`] });
  const changes = await filesBetween(room, repository, parted, pull.headSha);
  const body = html`${tabs(shown, pull.head)}
<p>${stateOf(pull)}: <code>${pull.head}</code> into <code>${pull.base}</code></p>
<pre class="message">${pull.body ?? ""}</pre>
${commitTable(shown, commits, "Commits")}
${diffSections(changes)}`;
  return page(`#${pull.number} ${pull.title}`, crumbsOf(shown), body);
};
