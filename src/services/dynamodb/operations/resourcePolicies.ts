import { PolicyNotFoundException, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { findNamedTable } from "../find.ts";
import { readPolicy, revisionAfter } from "../policy.ts";
import type { ResourcePolicyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type PolicyRoom = Pick<Room, "tables" | "changes">;

export const putResourcePolicy =
  (room: PolicyRoom & Pick<Room, "clock">): Operation<"PutResourcePolicy"> =>
  async (_ctx, input) => {
    const holder = findHolder(room, input.ResourceArn);
    readPolicy(input.Policy);
    checkRevision(holder, input.ExpectedRevisionId);
    // AWS: the same policy again is no new revision.
    if (holder.policy?.document === input.Policy) return { RevisionId: holder.policy.revisionId };
    const revisionId = revisionAfter(holder.policy?.revisionId, room.clock.now());
    holder.put({ document: input.Policy, revisionId });
    return { RevisionId: revisionId };
  };

export const getResourcePolicy =
  (room: PolicyRoom): Operation<"GetResourcePolicy"> =>
  async (_ctx, input) => {
    const { policy } = findHolder(room, input.ResourceArn);
    if (!policy) throw policyNotFound(input.ResourceArn);
    return { Policy: policy.document, RevisionId: policy.revisionId };
  };

export const deleteResourcePolicy =
  (room: PolicyRoom): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, input) => {
    const holder = findHolder(room, input.ResourceArn);
    checkRevision(holder, input.ExpectedRevisionId);
    // AWS: idempotent; without a policy there is no revision to answer.
    if (!holder.policy) return {};
    holder.put(undefined);
    return { RevisionId: holder.policy.revisionId };
  };

/** What may have a policy: a table, or a stream of one. */
interface Holder {
  readonly arn: string;
  readonly tableName: string;
  readonly policy: ResourcePolicyRecord | undefined;
  readonly put: (policy: ResourcePolicyRecord | undefined) => void;
}

const findHolder = (room: PolicyRoom, arn: string): Holder =>
  arn.includes("/stream/") ? streamHolder(room, arn) : tableHolder(room, arn);

const tableHolder = ({ tables }: PolicyRoom, arn: string): Holder => {
  const table = findNamedTable({ tables }, arn);
  const { resourcePolicy: policy, ...rest } = table;
  const put: Holder["put"] = (next) => tables.put(next ? { ...rest, resourcePolicy: next } : rest);
  return { arn: table.arn, tableName: table.name, policy, put };
};

const streamHolder = ({ changes }: PolicyRoom, arn: string): Holder => {
  const stream = changes.find(arn);
  if (!stream)
    throw new ResourceNotFoundException({
      message: `Requested resource not found: Stream: ${arn} not found`,
      $metadata: {},
    });
  const { resourcePolicy: policy, ...rest } = stream;
  const put: Holder["put"] = (next) => changes.put(next ? { ...rest, resourcePolicy: next } : rest);
  return { arn, tableName: stream.tableName, policy, put };
};

/** AWS: NO_POLICY demands that there is none yet. */
const checkRevision = ({ arn, tableName, policy }: Holder, expected: string | undefined): void => {
  if (expected === undefined) return;
  const revision = policy?.revisionId;
  if (expected === (revision ?? "NO_POLICY")) return;
  if (revision === undefined) throw policyNotFound(arn);
  throw policyNotFound(
    expected === "NO_POLICY"
      ? `Requested policy update expecting none to be present for table ${tableName}, but a policy exists with revision id ${revision}.`
      : `Requested update for policy with revision id ${expected}, but the policy associated to target table ${tableName} has revision id ${revision}.`,
  );
};

const policyNotFound = (detail: string) =>
  new PolicyNotFoundException({
    message: `Resource-based policy not found for the provided ResourceArn: ${detail}`,
    $metadata: {},
  });
