import { type Literal, literal } from "./values/value.ts";

/** An ARN in the stack's account and region, for use inside `Fn::Sub`. */
export const accountArn = (partition: string, service: string, resource: string): string =>
  `arn:${partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** An ARN of an AWS-owned thing in the stack's region. */
export const serviceArn = (partition: string, service: string, resource: string): string =>
  `arn:${partition}:${service}:\${AWS::Region}:${resource}`;

export const managedPolicyArn = (partition: string, name: string): Literal =>
  literal(`arn:${partition}:iam::aws:policy/${name}`);

const PARTITION_OF_REGION: readonly (readonly [string, string])[] = [
  ["cn-", "aws-cn"],
  ["us-iso-", "aws-iso"],
  ["us-isob", "aws-iso-b"],
  ["us-gov", "aws-us-gov"],
  ["eu-isoe", "aws-iso-e"],
  ["us-isof", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

export const partitionOfRegion = (region: string): string =>
  PARTITION_OF_REGION.find(([prefix]) => region.toLowerCase().startsWith(prefix))?.[1] ?? "aws";

/** AWS: edge-optimised endpoints do not exist outside the commercial partition. */
export const hasEdgeEndpoints = (partition: string): boolean =>
  !partition.startsWith("aws-iso") && !["aws-us-gov", "aws-cn", "aws-eusc"].includes(partition);
