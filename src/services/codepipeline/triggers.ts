import { pathPattern } from "../../engines/build/glob.ts";
import type { Declaration } from "./records.ts";

type Triggers = NonNullable<Declaration["triggers"]>;
type Filter = NonNullable<Triggers[number]["gitConfiguration"]["push"]>[number];
type Globs = NonNullable<Filter["filePaths"]>;

/** One commit that came to a reference. */
export interface Arrival {
  readonly ref: string;
  /** The files it changed; undefined when that is not known, and then they count as fitting. */
  readonly files: readonly string[] | undefined;
}

/** What happened to a pull request. */
export interface PullRequest {
  readonly event: "OPEN" | "UPDATED" | "CLOSED";
  /** The branch that it is to be merged into. */
  readonly base: string;
  readonly files: readonly string[];
}

/**
 * Whether a trigger of a V2 pipeline takes the commit. A source action without a trigger of its own takes none.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export const takesPush = (triggers: Triggers, action: string, { ref, files }: Arrival): boolean =>
  configurationsOf(triggers, action).some(({ push, pullRequest }) => {
    const branch = /^refs\/heads\/(.*)$/.exec(ref)?.[1];
    const tag = /^refs\/tags\/(.*)$/.exec(ref)?.[1];
    if (!push?.length) return branch !== undefined && !pullRequest?.length;
    return push.some(({ branches, tags, filePaths }) => {
      if (tag !== undefined) return tags !== undefined && fits(tag, tags);
      const isHere = branch !== undefined && (branches ? fits(branch, branches) : tags === undefined);
      return isHere && someFits(files, filePaths);
    });
  });

export const takesPullRequest = (triggers: Triggers, action: string, { event, base, files }: PullRequest): boolean =>
  configurationsOf(triggers, action).some(({ pullRequest = [] }) =>
    pullRequest.some(
      ({ events, branches, filePaths }) =>
        (!events?.length || events.includes(event)) &&
        (branches === undefined || fits(base, branches)) &&
        someFits(files, filePaths),
    ),
  );

const configurationsOf = (triggers: Triggers, action: string) =>
  triggers.flatMap(({ gitConfiguration }) => (gitConfiguration?.sourceActionName === action ? [gitConfiguration] : []));

const someFits = (files: readonly string[] | undefined, globs: Globs | undefined): boolean =>
  globs === undefined || files === undefined || files.some((file) => fits(file, globs));

/** AWS: what is excluded is so even when it is included, too. */
const fits = (name: string, { includes, excludes }: Globs): boolean =>
  (includes === undefined || includes.some((glob) => pathPattern(glob).matches(name))) &&
  !excludes?.some((glob) => pathPattern(glob).matches(name));
