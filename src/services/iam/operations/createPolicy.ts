import { checkIdentityPolicy, policyCharacters } from "../documents.ts";
import { entityExists, limitExceeded } from "../errors.ts";
import { ID_CHARACTERS, MAX_MANAGED_POLICY_CHARACTERS, MAX_POLICIES } from "../limits.ts";
import { policyView } from "../policies.ts";
import type { PolicyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsOf } from "../tags.ts";

export const createPolicy =
  (room: Room): Operation<"CreatePolicy"> =>
  async (_ctx, input) => {
    const { PolicyName: name, Path: path = "/" } = input;
    if (room.policies.taken(name)) {
      throw entityExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    checkManagedPolicy(input.PolicyDocument);
    if (room.policies.count() >= MAX_POLICIES) {
      throw limitExceeded(`Cannot exceed quota for PoliciesPerAccount: ${MAX_POLICIES}`);
    }
    const now = room.clock.now();
    const policy: PolicyRecord = {
      name,
      path,
      id: `ANPA${room.ids.upper(ID_CHARACTERS)}`,
      arn: `arn:${room.partition}:iam::${room.account}:policy${path}${name}`,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      createdAt: now,
      updatedAt: now,
      versions: [{ versionId: "v1", document: input.PolicyDocument, createdAt: now }],
      defaultVersionId: "v1",
      nextVersion: 2,
      tags: tagsOf(input.Tags),
    };
    room.policies.put(policy);
    const { Tags, ...view } = policyView(policy, []);
    return { Policy: Tags.length === 0 ? view : { ...view, Tags } };
  };

/** Throws when a document cannot be a managed policy. */
export const checkManagedPolicy = (document: string): void => {
  checkIdentityPolicy(document, "managed");
  if (policyCharacters(document) > MAX_MANAGED_POLICY_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MAX_MANAGED_POLICY_CHARACTERS}`);
  }
};
