import type { PermissionUse } from "../../../../src/console/usage.ts";

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** The smallest policy that allows what ran: actions on the same resources stand together. */
export const leastPrivilege = (
  uses: readonly PermissionUse[],
): { readonly Version: string; readonly Statement: readonly Statement[] } => {
  const resourcesByAction = new Map<string, Set<string>>();
  for (const { action, resource, allowed } of uses) {
    if (allowed === 0) continue;
    const known = resourcesByAction.get(action) ?? new Set();
    resourcesByAction.set(action, known.add(lasting(resource)));
  }
  const actionsByResources = new Map<string, string[]>();
  for (const [action, resources] of resourcesByAction) {
    const key = JSON.stringify([...resources].sort());
    actionsByResources.set(key, [...(actionsByResources.get(key) ?? []), action]);
  }
  return {
    Version: "2012-10-17",
    Statement: [...actionsByResources].map(([key, actions]) => ({
      Effect: "Allow",
      Action: actions.sort(),
      Resource: JSON.parse(key),
    })),
  };
};

/** Streams of a log group are named anew by each environment: tomorrow's runs need others. */
const lasting = (resource: string): string =>
  resource.replace(/^(arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]*:log-stream:).+$/, "$1*");
