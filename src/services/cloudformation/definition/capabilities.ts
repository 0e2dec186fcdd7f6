import { insufficientCapabilities } from "../errors.ts";
import type { ResourceDefinition } from "../template/model.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html#API_CreateStack_RequestParameters
const NAMES: Readonly<Record<string, string | undefined>> = {
  "AWS::IAM::AccessKey": undefined,
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Policy": undefined,
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::IAM::UserToGroupAddition": undefined,
};

/** Refuses resources that the caller has not acknowledged. Throws InsufficientCapabilities naming what is missing. */
export const checkCapabilities = (
  resources: Iterable<Pick<ResourceDefinition, "type" | "properties">>,
  given: readonly string[],
  expands: boolean,
): void => {
  const needed = iamCapability(resources);
  const missing: string[] = [];
  const has = (capability: string) => given.includes(capability);
  // AWS: acknowledging named resources acknowledges all others too.
  if (needed !== undefined && !has("CAPABILITY_NAMED_IAM") && !(needed === "CAPABILITY_IAM" && has(needed))) {
    missing.push(needed);
  }
  if (expands && !has("CAPABILITY_AUTO_EXPAND")) missing.push("CAPABILITY_AUTO_EXPAND");
  if (missing.length > 0) throw insufficientCapabilities(missing);
};

/** The capability that a template's IAM resources ask for. */
export const iamCapability = (
  resources: Iterable<Pick<ResourceDefinition, "type" | "properties">>,
): "CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM" | undefined => {
  let needed: "CAPABILITY_IAM" | undefined;
  for (const { type, properties } of resources) {
    if (!Object.hasOwn(NAMES, type)) continue;
    const name = NAMES[type];
    if (name !== undefined && properties[name] !== undefined) return "CAPABILITY_NAMED_IAM";
    needed = "CAPABILITY_IAM";
  }
  return needed;
};
