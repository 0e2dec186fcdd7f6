/** The parts of an Amazon Resource Name. `resource` is everything after the fifth colon. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of an ARN, or undefined when the text is none. */
export const parseArn = (text: string): Arn | undefined => {
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  if (prefix !== "arn" || !partition || !service || rest.length === 0) return undefined;
  return { partition, service, region: region ?? "", account: account ?? "", resource: rest.join(":") };
};

/** The partition a region belongs to. */
export const partitionOf = (region: string): string => {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
};
