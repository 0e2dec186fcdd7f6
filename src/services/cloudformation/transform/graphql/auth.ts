import { own } from "../../../../kernel/own.ts";
import type { CfnResource } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { connector } from "../types/connector.ts";
import { Dict, isDict, textOf, type Value } from "../values/value.ts";

/** The configuration each type of authorization needs, and the property it becomes. */
const KINDS: Readonly<Record<string, readonly [source: string, target: string]>> = {
  AWS_LAMBDA: ["LambdaAuthorizer", "LambdaAuthorizerConfig"],
  OPENID_CONNECT: ["OpenIDConnect", "OpenIDConnectConfig"],
  AMAZON_COGNITO_USER_POOLS: ["UserPool", "UserPoolConfig"],
};

/** Sets how calls are authorized; answers the ARNs of the functions that decide. */
export const setAuth = (logicalId: string, api: CfnResource, model: Dict): Value[] => {
  const auth = model.get("Auth");
  if (!isDict(auth)) return [];
  const functionArns: Value[] = [];
  const byDefault = auth.shallowCopy();
  byDefault.delete("Additional");
  const first = authorizerConfig(logicalId, byDefault, undefined);
  api.set("AuthenticationType", auth.get("Type"));
  if (first) {
    api.set(first.name, first.config);
    functionArns.push(...first.functionArns);
  }
  const additional = auth.get("Additional");
  const providers = (Array.isArray(additional) ? additional.filter(isDict) : []).map((entry, index) => {
    const provider = Dict.plain({ AuthenticationType: entry.get("Type") });
    const found = authorizerConfig(logicalId, entry, index);
    if (found) {
      provider.put(found.name, found.config);
      functionArns.push(...found.functionArns);
    }
    return provider;
  });
  if (providers.length > 0) api.set("AdditionalAuthenticationProviders", providers);
  return functionArns;
};

const authorizerConfig = (
  logicalId: string,
  entry: Dict,
  index: number | undefined,
): { readonly name: string; readonly config: Dict; readonly functionArns: Value[] } | undefined => {
  // AWS: messages about the first additional authorizer speak of the default one.
  const path = index ? `Auth.Additional.${index}` : "Auth";
  if (entry.size > 2) {
    throw new InvalidResource(logicalId, `'${path}' has more than one authentication configuration defined.`);
  }
  const type = textOf(entry.get("Type")) ?? "";
  const kind = own(KINDS, type);
  if (!kind) return undefined;
  const [source, name] = kind;
  const given = entry.get(source);
  if (!isDict(given)) throw new InvalidResource(logicalId, `'${source}' must be defined if type is '${type}'.`);
  // AWS: a configuration that says nothing is left out.
  if (given.size === 0) return undefined;
  const config = given.shallowCopy();
  if (type === "AMAZON_COGNITO_USER_POOLS" && index !== undefined) config.delete("DefaultAction");
  return { name, config, functionArns: type === "AWS_LAMBDA" ? [config.get("AuthorizerUri")] : [] };
};

/** Lets AppSync invoke the functions that authorize calls. */
export const authConnectors = (
  resource: SamResource,
  functionArns: readonly Value[],
  context: Context,
): CfnResource[] =>
  functionArns.flatMap((arn, index) =>
    connector.transform(
      {
        logicalId: `${resource.logicalId}ToLambdaAuthConnector${index + 1}`,
        type: "AWS::Serverless::Connector",
        properties: Dict.plain({
          Source: Dict.plain({
            Type: "AWS::AppSync::GraphQLApi",
            Arn: ref(resource.logicalId),
            ResourceId: getAtt(resource.logicalId, "ApiId"),
          }),
          Destination: Dict.plain({ Type: "AWS::Lambda::Function", Arn: arn }),
          Permissions: ["Write"],
        }),
        dependsOn: null,
        attributes: Dict.plain(),
      },
      context,
    ),
  );
