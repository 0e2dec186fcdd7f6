import { type CommitDetail, listCommits } from "../../../engines/git/commits.ts";
import { type FileChange, filesBetween } from "../../../engines/git/diff.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import type { StatusRecord } from "../records.ts";
import { combinedState } from "../rest/statuses.ts";
import { isoTime } from "../rest/views.ts";
import { latestStatuses } from "../statuses.ts";
import { type Html, html, page } from "./html.ts";
import { linkTo, nameOf } from "./links.ts";
import { crumbsOf, type Shown, tabs } from "./shown.ts";

const COMMITS_A_PAGE = 50;
const MAX_FILES = 300;
const MAX_LINES = 2000;

/** The commits of a reference, the newest first, each with what its pipelines say. */
export const commitsPage = async (shown: Shown, ref: string, commit: string): Promise<HttpResponse> => {
  const { room, repository, query } = shown;
  const number = Math.max(Number.parseInt(query.get("page") ?? "1", 10) || 1, 1);
  const skip = (number - 1) * COMMITS_A_PAGE;
  const found = await listCommits(room, repository, { revisions: [commit], skip, limit: COMMITS_A_PAGE + 1 });
  const commits = found.slice(0, COMMITS_A_PAGE);
  const older =
    found.length > COMMITS_A_PAGE ? html`<p><a rel="next" href="?page=${number + 1}">Older commits</a></p>` : undefined;
  const body = html`${tabs(shown, ref)}
${commitTable(shown, commits, `Commits of ${ref}`)}
${older}`;
  return page(`${repository.owner}/${nameOf(repository)}: commits of ${ref}`, crumbsOf(shown), body);
};

export const commitTable = (shown: Shown, commits: readonly CommitDetail[], caption: string): Html => html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Pipeline</th><th scope="col">Commit</th><th scope="col">Message</th><th scope="col">Author</th><th scope="col">Date</th></tr></thead>
<tbody>${commits.map((commit) => commitRow(shown, commit))}</tbody>
</table>`;

const commitRow = ({ room, repository }: Shown, { id, message, author, committer }: CommitDetail): Html => {
  const statuses = latestStatuses(room, repository, id);
  const to = linkTo(repository, "commit", id);
  return html`<tr>
<td>${statuses.length === 0 ? "none" : badge(combinedState(statuses))}</td>
<td><a href="${to}"><code>${id.slice(0, 7)}</code></a></td>
<td>${firstLine(message)}</td><td>${author.name}</td><td><time datetime="${committer.date}">${committer.date}</time></td>
</tr>`;
};

const firstLine = (message: string): string => message.split("\n")[0] ?? "";

const SIGNS: Readonly<Record<string, string>> = { success: "✓", pending: "…", failure: "✗", error: "✗" };

/** A state in words and a sign, for whoever does not see its colour. */
const badge = (state: string): Html =>
  html`<span class="state ${state}"><span aria-hidden="true">${SIGNS[state]}</span> ${state}</span>`;

/** One commit: what is said of it, and what it changes. */
export const commitPage = async (shown: Shown, commit: CommitDetail): Promise<HttpResponse> => {
  const { room, repository } = shown;
  const changes = await filesBetween(room, repository, commit.parents[0], commit.id);
  const parents = commit.parents.map(
    (id) => html` <a href="${linkTo(repository, "commit", id)}"><code>${id.slice(0, 7)}</code></a>`,
  );
  const body = html`${tabs(shown, commit.id)}
<pre class="message">${commit.message}</pre>
<p>${commit.author.name} &lt;${commit.author.email}&gt;, <time datetime="${commit.author.date}">${commit.author.date}</time><br>
Commit <code>${commit.id}</code>${parents.length > 0 ? html`, parents${parents}` : ", the first"}</p>
${statusTable(latestStatuses(room, repository, commit.id))}
${diffSections(changes)}`;
  return page(firstLine(commit.message) || commit.id, crumbsOf(shown), body);
};

const statusTable = (statuses: readonly StatusRecord[]): Html =>
  statuses.length === 0
    ? html`<p>No pipeline has said anything of this commit.</p>`
    : html`<table>
<caption>Statuses</caption>
<thead><tr><th scope="col">State</th><th scope="col">Of</th><th scope="col">What it says</th><th scope="col">When</th></tr></thead>
<tbody>${statuses.map(statusRow)}</tbody>
</table>`;

const statusRow = ({ state, context, description, targetUrl, createdAt }: StatusRecord): Html => {
  const name = targetUrl && /^https?:/.test(targetUrl) ? html`<a href="${targetUrl}">${context}</a>` : html`${context}`;
  const time = isoTime(createdAt);
  return html`<tr><td>${badge(state)}</td><td>${name}</td><td>${description ?? ""}</td><td><time datetime="${time}">${time}</time></td></tr>`;
};

/** Changes, file by file. */
export const diffSections = (changes: readonly FileChange[]): Html => {
  const additions = changes.reduce((sum, each) => sum + each.additions, 0);
  const deletions = changes.reduce((sum, each) => sum + each.deletions, 0);
  const more = changes.length > MAX_FILES ? html`<p>Only the first ${MAX_FILES} files are shown.</p>` : undefined;
  return html`<h2>${changes.length} ${changes.length === 1 ? "file" : "files"} changed, ${additions} added and ${deletions} removed lines</h2>
${changes.slice(0, MAX_FILES).map(fileSection)}${more}`;
};

const fileSection = ({ path, previousPath, status, patch }: FileChange): Html => {
  const lines = patch?.split("\n") ?? [];
  const more = lines.length > MAX_LINES ? html`<p>Only the first ${MAX_LINES} lines are shown.</p>` : undefined;
  const content =
    patch === undefined
      ? html`<p>No text to compare.</p>`
      : html`<pre class="diff" tabindex="0" aria-label="Changes of ${path}">${lines.slice(0, MAX_LINES).map(diffLine)}</pre>`;
  return html`<section><h3><code>${previousPath === undefined ? path : `${previousPath} → ${path}`}</code> ${status}</h3>
${content}${more}</section>`;
};

const CLASSES: Readonly<Record<string, string>> = { "+": "add", "-": "del", "@": "hunk", "\\": "hunk" };

const diffLine = (line: string): Html => html`<span class="${CLASSES[line.charAt(0)] ?? "same"}">${line}</span>`;
