/** Which resource a connection's policy is put on, and in what form. */
export type ConnectorKind = "role" | "queue" | "topic" | "function";

/** A statement or, for functions, a permission. `%{Source.Arn}` and the like are filled in. */
export interface ConnectorGrant {
  readonly actions: readonly string[];
  readonly on: readonly string[];
}

export interface ConnectorPermission {
  readonly principal: string;
  /** For functions: whose calls are accepted. */
  readonly sourceArn: string;
  readonly sourceAccount?: string;
}

/** How one type of resource is connected to another. */
export interface ConnectorProfile {
  readonly kind: ConnectorKind;
  /** Whether the source carries the policy, rather than the destination. */
  readonly onSource: boolean;
  /** What waits for the policy to be there. */
  readonly dependedOnBy?: "eventSourceMapping" | "source";
  /** The combinations of Read and Write that make sense, where not all do. */
  readonly combinations?: readonly (readonly string[])[];
  /** For roles: what each category grants, in the order of the table. */
  readonly grants?: Readonly<Record<string, readonly ConnectorGrant[]>>;
  /** For queues, topics and functions: who may write. */
  readonly write?: ConnectorPermission;
}

type Grants = Readonly<Record<string, readonly ConnectorGrant[]>>;
type RoleOptions = Pick<ConnectorProfile, "dependedOnBy" | "combinations">;

/** Actions of one service on resources. */
export const may = (service: string, actions: string, ...on: string[]): ConnectorGrant => ({
  actions: actions
    .trim()
    .split(/\s+/)
    .map((action) => `${service}:${action}`),
  on,
});

/** The source's role is allowed to use the destination. */
export const sourceMay = (grants: Grants, options: RoleOptions = {}): ConnectorProfile => ({
  kind: "role",
  onSource: true,
  grants,
  ...options,
});

/** The destination's role is allowed to read from the source. */
export const destinationMay = (grants: Grants, options: RoleOptions = {}): ConnectorProfile => ({
  kind: "role",
  onSource: false,
  grants,
  ...options,
});

/** The destination itself accepts what the source's service sends. */
export const accepts = (
  kind: "queue" | "topic" | "function",
  principal: string,
  sourceArn = "%{Source.Arn}",
  sourceAccount?: string,
): ConnectorProfile => ({
  kind,
  onSource: false,
  write: sourceAccount === undefined ? { principal, sourceArn } : { principal, sourceArn, sourceAccount },
});
