import type { Room } from "../room.ts";

export type BadgeStatus = "passing" | "failing" | "in progress" | "unknown";

/**
 * How the last build of a branch stands; builds that name no branch count for every branch.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-badges.html
 */
export const badgeStatus = (
  { builds }: Pick<Room, "builds">,
  projectName: string,
  branch: string | undefined,
): BadgeStatus => {
  let looked = 0;
  for (const id of builds.ids({ projectName, descending: true })) {
    if (++looked > MAX_BUILDS) return "unknown";
    const build = builds.get(id);
    if (!build || (branch !== undefined && !isOf(branch, build.settings.sourceVersion, build.webhookVariables)))
      continue;
    if (build.state.status === "IN_PROGRESS") return "in progress";
    if (build.state.status !== "STOPPED") return build.state.status === "SUCCEEDED" ? "passing" : "failing";
  }
  return "unknown";
};

/** A branch that has not been built for so long has no badge worth showing. */
const MAX_BUILDS = 200;

const isOf = (branch: string, version: string | undefined, webhook: Readonly<Record<string, string>> = {}): boolean => {
  const built = webhook["CODEBUILD_WEBHOOK_HEAD_REF"] ?? version;
  return built === undefined || built.replace(/^refs\/heads\//, "") === branch;
};

/** The badge as a picture. */
export const badgeSvg = (status: BadgeStatus): string => {
  const width = LABEL_WIDTH + 12 + status.length * 7;
  const middle = (LABEL_WIDTH + width) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="build: ${status}">
<title>build: ${status}</title>
<rect width="${width}" height="20" rx="3" fill="#414d5c"/>
<path d="M${LABEL_WIDTH} 0h${width - LABEL_WIDTH - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${LABEL_WIDTH}z" fill="${COLOURS[status]}"/>
<g fill="#fff" font-family="Verdana,Geneva,sans-serif" font-size="11" text-anchor="middle">
<text x="${LABEL_WIDTH / 2}" y="14">build</text><text x="${middle}" y="14">${status}</text>
</g></svg>
`;
};

const LABEL_WIDTH = 40;

const COLOURS: Readonly<Record<BadgeStatus, string>> = {
  passing: "#037f0c",
  failing: "#d91515",
  "in progress": "#0972d3",
  unknown: "#7d8998",
};
