import { errorCode } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";

/** An inline policy as templates write it. */
export interface PolicyProperty {
  readonly PolicyName: string;
  readonly PolicyDocument: JsonValue;
}

/** The properties that roles, users and groups share. */
export interface PoliciesProperties {
  readonly Policies?: readonly PolicyProperty[];
  readonly ManagedPolicyArns?: readonly string[];
}

/** The calls on the policies of one identity. */
export interface PolicyCalls {
  put(name: string, document: string): Promise<unknown>;
  remove(name: string): Promise<unknown>;
  attach(arn: string): Promise<unknown>;
  detach(arn: string): Promise<unknown>;
}

type Caller = Pick<ResourceContext, "call">;

export const onRole = ({ call }: Caller, RoleName: string): PolicyCalls => ({
  put: (PolicyName, PolicyDocument) => call("iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument }),
  remove: (PolicyName) => call("iam", "DeleteRolePolicy", { RoleName, PolicyName }),
  attach: (PolicyArn) => call("iam", "AttachRolePolicy", { RoleName, PolicyArn }),
  detach: (PolicyArn) => call("iam", "DetachRolePolicy", { RoleName, PolicyArn }),
});

export const onUser = ({ call }: Caller, UserName: string): PolicyCalls => ({
  put: (PolicyName, PolicyDocument) => call("iam", "PutUserPolicy", { UserName, PolicyName, PolicyDocument }),
  remove: (PolicyName) => call("iam", "DeleteUserPolicy", { UserName, PolicyName }),
  attach: (PolicyArn) => call("iam", "AttachUserPolicy", { UserName, PolicyArn }),
  detach: (PolicyArn) => call("iam", "DetachUserPolicy", { UserName, PolicyArn }),
});

export const onGroup = ({ call }: Caller, GroupName: string): PolicyCalls => ({
  put: (PolicyName, PolicyDocument) => call("iam", "PutGroupPolicy", { GroupName, PolicyName, PolicyDocument }),
  remove: (PolicyName) => call("iam", "DeleteGroupPolicy", { GroupName, PolicyName }),
  attach: (PolicyArn) => call("iam", "AttachGroupPolicy", { GroupName, PolicyArn }),
  detach: (PolicyArn) => call("iam", "DetachGroupPolicy", { GroupName, PolicyArn }),
});

/** Makes an identity's policies what the template says now. What is new comes before what goes, so nobody loses a right in between. */
export const changePolicies = async (
  calls: PolicyCalls,
  before: PoliciesProperties,
  after: PoliciesProperties,
): Promise<void> => {
  const was = new Map((before.Policies ?? []).map((each) => [each.PolicyName, documentText(each.PolicyDocument)]));
  for (const { PolicyName, PolicyDocument } of after.Policies ?? []) {
    const document = documentText(PolicyDocument);
    if (was.get(PolicyName) !== document) await calls.put(PolicyName, document);
    was.delete(PolicyName);
  }
  const attached = new Set(before.ManagedPolicyArns ?? []);
  for (const arn of after.ManagedPolicyArns ?? []) if (!attached.delete(arn)) await calls.attach(arn);
  for (const name of was.keys()) await unlessGone(calls.remove(name));
  for (const arn of attached) await unlessGone(calls.detach(arn));
};

/** A document as IAM takes it; templates hold it as an object, seldom as text. */
export const documentText = (document: JsonValue): string =>
  typeof document === "string" ? document : JSON.stringify(document);

/** Awaits a removal; what is already gone is a success. */
export const unlessGone = async (removal: Promise<unknown>): Promise<void> => {
  try {
    await removal;
  } catch (error) {
    if (errorCode(error) !== "NoSuchEntityException") throw error;
  }
};
