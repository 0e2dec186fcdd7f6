import { CfnResource } from "../cfnResource.ts";
import { assumedBy, startExecutionPolicy } from "../policies/documents.ts";
import { truthy } from "../values/value.ts";
import type { EventSource, EventTarget } from "./eventSource.ts";

/** The role under which a service starts the state machine. */
export const startRole = (source: EventSource, target: EventTarget, service: string): CfnResource => {
  const logicalId = `${source.logicalId}Role`;
  const boundary = target.permissionsBoundary;
  return new CfnResource("AWS::IAM::Role", logicalId, target.attributes, {
    AssumeRolePolicyDocument: assumedBy(service),
    Policies: [startExecutionPolicy(target.arn, logicalId)],
    PermissionsBoundary: truthy(boundary) ? boundary : null,
  });
};
