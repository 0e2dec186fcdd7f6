import type { DeniedPermission } from "../control.ts";
import type { CallView } from "./calls.ts";

/** The refused permissions among calls, each once, in the order they come. */
export const deniedCalls = (calls: Iterable<CallView>): readonly DeniedPermission[] => {
  const found = new Map<string, DeniedPermission>();
  for (const { decision, principal, required, error, operation, service, status, time } of calls) {
    // What an API answers its own callers is the application's affair.
    if (decision !== "denied" || status !== undefined) continue;
    const message = error?.message ?? "";
    // Of several permissions that a call needs, the refusal names the one that was missing.
    const missing = required.find(({ action }) => message.includes(action)) ?? required[0];
    const action = missing?.action ?? `${service}:${operation}`;
    const resource = missing?.resource ?? "*";
    const key = `${principal} ${action} ${resource}`;
    const known = found.get(key);
    found.set(
      key,
      known ? { ...known, times: known.times + 1 } : { principal, action, resource, message, times: 1, last: time },
    );
  }
  return [...found.values()];
};
