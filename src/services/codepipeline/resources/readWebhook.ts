import { capitalized, type ResourceReader, tagList } from "../../../kernel/resourceReading.ts";

/** AWS tells of all webhooks, and of none by its name. */
export const readWebhook: ResourceReader = async (ctx, name) => {
  let nextToken: string | undefined;
  do {
    const page = await ctx.call("codepipeline", "ListWebhooks", { NextToken: nextToken });
    const found = page.webhooks?.find(({ definition }) => definition?.name === name);
    if (found?.definition) {
      const { authenticationConfiguration: _, ...definition } = found.definition;
      const properties = { ...capitalized(definition), Tags: [...tagList(found.tags)] };
      const unread = ["AuthenticationConfiguration", "RegisterWithThirdParty", "TargetPipelineVersion"];
      return { physicalId: name, attributes: { Id: name, Url: found.url ?? "" }, properties, unread };
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return undefined;
};
