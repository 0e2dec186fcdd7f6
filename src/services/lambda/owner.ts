import { parseArn } from "../../kernel/arn.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { partialArn } from "./find.ts";

/**
 * What a function's policy can let other accounts do.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html#permissions-resource-xaccountinvoke
 */
const ACROSS_ACCOUNTS = new Set([
  "CreateAlias",
  "DeleteAlias",
  "DeleteFunction",
  "DeleteFunctionConcurrency",
  "DeleteFunctionEventInvokeConfig",
  "DeleteProvisionedConcurrencyConfig",
  "GetAlias",
  "GetFunction",
  "GetFunctionConcurrency",
  "GetFunctionConfiguration",
  "GetFunctionEventInvokeConfig",
  "GetPolicy",
  "GetProvisionedConcurrencyConfig",
  "Invoke",
  "InvokeAsync",
  "InvokeWithResponseStream",
  "ListAliases",
  "ListFunctionEventInvokeConfigs",
  "ListProvisionedConcurrencyConfigs",
  "ListTags",
  "ListVersionsByFunction",
  "PublishVersion",
  "PutFunctionConcurrency",
  "PutFunctionEventInvokeConfig",
  "PutProvisionedConcurrencyConfig",
  "TagResource",
  "UntagResource",
  "UpdateAlias",
  "UpdateFunctionCode",
  "UpdateFunctionEventInvokeConfig",
]);

/** And what a layer version's can. */
const OF_LAYERS: Readonly<Record<string, string>> = { GetLayerVersion: "LayerName", GetLayerVersionByArn: "Arn" };

/** The account of the function, or layer, that a call names by its ARN, where other accounts may be let in. */
export const ownerOf = (operation: string, input: unknown): string | undefined => {
  if (!isJsonObject(input)) return undefined;
  const named = ACROSS_ACCOUNTS.has(operation)
    ? (input["FunctionName"] ?? input["Resource"])
    : input[OF_LAYERS[operation] ?? ""];
  // A name alone, as most calls have it, is settled without reading more of it.
  if (typeof named !== "string" || !named.includes(":")) return undefined;
  const account = (parseArn(named) ?? partialArn(named)).account;
  return /^\d{12}$/.test(account ?? "") ? account : undefined;
};
