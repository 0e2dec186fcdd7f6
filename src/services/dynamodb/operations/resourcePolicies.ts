import { PolicyNotFoundException } from "@aws-sdk/client-dynamodb";
import { NotImplemented } from "../../../kernel/errors.ts";
import { findNamedTable } from "../find.ts";
import { readPolicy } from "../policy.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const putResourcePolicy =
  (room: Pick<Room, "tables" | "ids">): Operation<"PutResourcePolicy"> =>
  async (_ctx, input) => {
    const table = findPolicyTable(room, input.ResourceArn);
    readPolicy(input.Policy);
    checkRevision(table, input.ExpectedRevisionId);
    // AWS: the same policy again is no new revision.
    if (table.resourcePolicy?.document === input.Policy) return { RevisionId: table.resourcePolicy.revisionId };
    const revisionId = room.ids.uuid();
    room.tables.put({ ...table, resourcePolicy: { document: input.Policy, revisionId } });
    return { RevisionId: revisionId };
  };

export const getResourcePolicy =
  (room: Pick<Room, "tables">): Operation<"GetResourcePolicy"> =>
  async (_ctx, input) => {
    const { resourcePolicy } = findPolicyTable(room, input.ResourceArn);
    if (!resourcePolicy) throw policyNotFound(input.ResourceArn);
    return { Policy: resourcePolicy.document, RevisionId: resourcePolicy.revisionId };
  };

export const deleteResourcePolicy =
  (room: Pick<Room, "tables">): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, input) => {
    const table = findPolicyTable(room, input.ResourceArn);
    checkRevision(table, input.ExpectedRevisionId);
    // AWS: idempotent; without a policy there is no revision to answer.
    if (!table.resourcePolicy) return {};
    const { resourcePolicy, ...rest } = table;
    room.tables.put(rest);
    return { RevisionId: resourcePolicy.revisionId };
  };

const findPolicyTable = (room: Pick<Room, "tables">, arn: string): TableRecord => {
  if (arn.includes("/stream/")) throw new NotImplemented("dynamodb: resource policies of streams");
  return findNamedTable(room, arn);
};

/** AWS: NO_POLICY demands that there is none yet. */
const checkRevision = ({ name, arn, resourcePolicy }: TableRecord, expected: string | undefined): void => {
  if (expected === undefined) return;
  const revision = resourcePolicy?.revisionId;
  if (expected === (revision ?? "NO_POLICY")) return;
  if (revision === undefined) throw policyNotFound(arn);
  throw policyNotFound(
    expected === "NO_POLICY"
      ? `Requested policy update expecting none to be present for table ${name}, but a policy exists with revision id ${revision}.`
      : `Requested update for policy with revision id ${expected}, but the policy associated to target table ${name} has revision id ${revision}.`,
  );
};

const policyNotFound = (detail: string) =>
  new PolicyNotFoundException({
    message: `Resource-based policy not found for the provided ResourceArn: ${detail}`,
    $metadata: {},
  });
