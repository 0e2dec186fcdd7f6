import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";

/** Makes a role that these services of AWS may assume, and that may do these things, if any; answers its ARN. */
export const serviceRole = async (
  iam: IAMClient,
  RoleName: string,
  services: string | readonly string[],
  actions: string | readonly string[] = [],
): Promise<string> => {
  const Principal = { Service: [services].flat().map((service) => `${service}.amazonaws.com`) };
  const AssumeRolePolicyDocument = documentOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  if (actions.length > 0) await allow(iam, RoleName, actions);
  return Role?.Arn ?? "";
};

/** Lets a role do these things, and nothing else that this allowed before. */
export const allow = async (iam: IAMClient, RoleName: string, actions: string | readonly string[]): Promise<void> => {
  const PolicyDocument = documentOf({ Effect: "Allow", Action: actions, Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument }));
};

const documentOf = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
