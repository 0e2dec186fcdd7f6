import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { asGiven, capitalized, plain, tagList } from "../../../kernel/resourceReading.ts";

/** A project's settings as they are now, in the words of its template; undefined when it is gone. */
export const readProject = async (
  ctx: ResourceContext,
  name: string,
  given: JsonObject,
): Promise<JsonObject | undefined> => {
  const { projects = [] } = await ctx.call("codebuild", "BatchGetProjects", { names: [name] });
  const [project] = projects;
  if (!project) return undefined;
  const { source, secondarySources = [], tags, webhook, badge, projectVisibility, ...rest } = project;
  return plain({
    ...capitalized(rest),
    Source: source && spelled(source),
    SecondarySources: secondarySources.map(spelled),
    ServiceRole: asGiven(given["ServiceRole"], project.serviceRole),
    BadgeEnabled: badge?.badgeEnabled,
    Triggers: webhook && {
      Webhook: true,
      ...capitalized({ filterGroups: webhook.filterGroups, buildType: webhook.buildType }),
    },
    Visibility: projectVisibility ?? "PRIVATE",
    Tags: tagList(tags),
  });
};

/** The one member that templates spell otherwise. */
const spelled = (source: object) => {
  const { Buildspec, ...rest } = capitalized(source);
  return { ...rest, BuildSpec: Buildspec };
};
