import type { Parameter } from "@aws-sdk/client-cloudformation";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { validationError } from "../errors.ts";

/** A stack that is there, wherever it is, as the caller may see it. */
export const stackAt = async (ctx: Context, stackId: string) => {
  const arn = parseArn(stackId);
  if (arn?.service !== "cloudformation") throw validationError(`${stackId} is not a valid stack ID`);
  const there = ctx.in(arn.region);
  const { Stacks: [stack] = [] } = await there.call("cloudformation", "DescribeStacks", { StackName: stackId });
  return { arn, there, stack };
};

/** What a stack set that is made of a stack takes over from it; parameters, tags and capabilities that are given go before. */
export const givenByStack = async (
  ctx: Context,
  input: {
    readonly StackId?: string | undefined;
    readonly Parameters?: readonly Parameter[] | undefined;
    readonly Tags?: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] | undefined;
    readonly Capabilities?: readonly string[] | undefined;
  },
) => {
  const StackName = input.StackId ?? "";
  const { there, stack } = await stackAt(ctx, StackName);
  const { TemplateBody } = await there.call("cloudformation", "GetTemplate", { StackName, TemplateStage: "Original" });
  return {
    TemplateBody,
    Parameters: input.Parameters ?? stack?.Parameters,
    Tags: input.Tags ?? stack?.Tags,
    Capabilities: input.Capabilities ?? stack?.Capabilities,
  };
};
