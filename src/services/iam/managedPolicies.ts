import { createHash } from "node:crypto";
import { ID_CHARACTERS } from "./limits.ts";
import generated from "./managedPolicies.generated.json" with { type: "json" };

/** A managed policy that AWS keeps. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly versionId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly document: string;
}

const ARN = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/** The policy AWS keeps under an ARN, or undefined when it is none that is known here. */
export const awsManagedPolicy = (arn: string): AwsManagedPolicy | undefined => {
  const name = ARN.exec(arn)?.[1];
  const policy = name === undefined ? undefined : policyNamed(name, arn.slice("arn:".length, arn.indexOf(":iam:")));
  return policy?.arn === arn ? policy : undefined;
};

/** All of them, in order of name. */
export const awsManagedPolicies = (partition: string): readonly AwsManagedPolicy[] =>
  Object.keys(generated).flatMap((name) => policyNamed(name, partition) ?? []);

interface Fact {
  readonly path: string;
  readonly versionId: string;
  readonly created: string;
  readonly updated: string;
  readonly document: string;
}

const facts: ReadonlyMap<string, Fact> = new Map(Object.entries(generated));

const policyNamed = (name: string, partition: string): AwsManagedPolicy | undefined => {
  const fact = facts.get(name);
  if (!fact) return undefined;
  const { path, versionId, created, updated, document } = fact;
  return {
    name,
    path,
    arn: `arn:${partition}:iam::aws:policy${path}${name}`,
    id: idOf(name),
    versionId,
    createdAt: Date.parse(created),
    updatedAt: Date.parse(updated),
    document,
  };
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Differs: AWS's own ids are not published; ours are as steady. */
const idOf = (name: string): string => {
  const bytes = createHash("sha256").update(name).digest().subarray(0, ID_CHARACTERS);
  return `ANPA${Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join("")}`;
};
