import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Crumb, type Html, html } from "./html.ts";
import { linkTo, nameOf } from "./links.ts";

/** A repository that is looked at. */
export interface Shown {
  readonly room: Room;
  readonly repository: RepositoryRecord;
  readonly query: URLSearchParams;
}

export const crumbsOf = ({ repository }: Shown): readonly Crumb[] => [
  { name: repository.owner, to: `/git/${repository.owner}` },
  { name: nameOf(repository), to: linkTo(repository) },
];

/** The other pages of the same reference. */
export const tabs = ({ repository }: Shown, ref: string): Html => html`<nav aria-label="Repository"><ul>
<li><a href="${linkTo(repository, "commits", ref)}">Commits</a></li>
<li><a href="${linkTo(repository, "tree", ref)}">Files</a></li>
<li><a href="${linkTo(repository, "branches")}">Branches</a></li>
<li><a href="${linkTo(repository, "pulls")}">Pull requests</a></li>
</ul></nav>`;
