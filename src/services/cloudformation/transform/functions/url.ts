import { own } from "../../../../kernel/own.ts";
import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { isIntrinsic, ref } from "../intrinsics.ts";
import { FLAG, LIST, type PropertyType, WHOLE } from "../properties.ts";
import { type Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";

/** FunctionUrlConfig: the URL, and for public ones the permissions to call it. */
export const functionUrlResources = (
  resource: SamResource,
  lambda: CfnResource,
  alias: CfnResource | undefined,
): CfnResource[] => {
  const config = resource.properties.get("FunctionUrlConfig");
  if (!isDict(config) || config.size === 0) return [];
  checkUrlConfig(lambda.logicalId, config);
  const target = ref(alias?.logicalId ?? lambda.logicalId);
  const attributes = passedOnAttributes(resource.attributes);
  const url = new CfnResource("AWS::Lambda::Url", `${lambda.logicalId}Url`, attributes, {
    Cors: truthy(config.get("Cors")) ? config.get("Cors") : null,
    AuthType: config.get("AuthType"),
    TargetFunctionArn: target,
    InvokeMode: config.get("InvokeMode"),
  });
  if (isIntrinsic(config) || textOf(config.get("AuthType")) !== "NONE") return [url];
  return [url, ...publicPermissions(lambda.logicalId, target, attributes)];
};

/** AWS: since 2025 a public URL needs both permissions. */
const publicPermissions = (logicalId: string, target: Value, attributes: Dict): CfnResource[] => [
  new CfnResource("AWS::Lambda::Permission", `${logicalId}UrlPublicPermissions`, attributes, {
    Action: "lambda:InvokeFunctionUrl",
    FunctionName: target,
    Principal: "*",
    FunctionUrlAuthType: "NONE",
  }),
  new CfnResource("AWS::Lambda::Permission", `${logicalId}URLInvokeAllowPublicAccess`, attributes, {
    Action: "lambda:InvokeFunction",
    FunctionName: target,
    Principal: "*",
    InvokedViaFunctionUrl: true,
  }),
];

const CORS_TYPES: Readonly<Record<string, readonly [name: string, type: PropertyType]>> = {
  AllowOrigins: ["list", LIST],
  AllowMethods: ["list", LIST],
  AllowCredentials: ["bool", FLAG],
  AllowHeaders: ["list", LIST],
  ExposeHeaders: ["list", LIST],
  MaxAge: ["int", WHOLE],
};

const checkUrlConfig = (logicalId: string, config: Dict): void => {
  if (isIntrinsic(config)) return;
  const authType = config.get("AuthType");
  if (!isIntrinsic(authType) && !["AWS_IAM", "NONE"].includes(textOf(authType) ?? "")) {
    throw new InvalidResource(
      logicalId,
      "AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.",
    );
  }
  const cors = config.get("Cors");
  if (!truthy(cors) || isIntrinsic(cors)) return;
  for (const [name, value] of expectMap(cors, resourceSubject(logicalId), "FunctionUrlConfig.Cors").entries()) {
    const type = own(CORS_TYPES, name);
    if (!type) throw new InvalidResource(logicalId, `${name} is not a valid property for configuring Cors.`);
    if (!isIntrinsic(value) && !type[1].accepts(value)) {
      throw new InvalidResource(logicalId, `${name} must be of type ${type[0]}.`);
    }
  }
};
