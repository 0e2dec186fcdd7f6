import { capitalized, foundInPages, type ResourceReader, tagList } from "../../../kernel/resourceReading.ts";

/** AWS tells of all webhooks, and of none by its name. */
export const readWebhook: ResourceReader = async (ctx, name) => {
  const found = await foundInPages(
    async (NextToken) => {
      const page = await ctx.call("codepipeline", "ListWebhooks", { NextToken });
      return { items: page.webhooks, next: page.NextToken };
    },
    ({ definition }) => definition?.name === name,
  );
  if (!found?.definition) return undefined;
  const { authenticationConfiguration: _, ...definition } = found.definition;
  const properties = { ...capitalized(definition), Tags: [...tagList(found.tags)] };
  const unread = ["AuthenticationConfiguration", "RegisterWithThirdParty", "TargetPipelineVersion"];
  return { physicalId: name, attributes: { Id: name, Url: found.url ?? "" }, properties, unread };
};
