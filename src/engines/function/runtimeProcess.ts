import { serveChannel } from "./channel.ts";
import type { Child, ChildCommand, LaunchChild } from "./childProcess.ts";
import type { RuntimeApi, RuntimeEndpoint } from "./runtimeApi.ts";
import type { RuntimeSession } from "./runtimeSession.ts";

/** A process with its own runtime API address. Whom it speaks to may be settled after it has started. */
export interface RuntimeProcess {
  readonly child: Child;
  /** From now on this session answers it. */
  attach(session: RuntimeSession): void;
  /** Ends it, and its address with it; AWS: one with extensions is told, and has so long for its farewell. */
  end(graceMs?: number): void;
}

/** Starts a process that finds its API under `AWS_LAMBDA_RUNTIME_API`. */
export const startRuntimeProcess = async (
  { api, launch }: { readonly api: RuntimeApi; readonly launch: LaunchChild },
  command: ChildCommand,
  session: RuntimeSession,
  /** What has to be there before the process starts. */
  prepare?: (authority: string) => Promise<void>,
): Promise<RuntimeProcess> => {
  let current = session;
  const attached: RuntimeSession = {
    assignment: (answer) => current.assignment(answer),
    next: (answer) => current.next(answer),
    response: (requestId, header) => current.response(requestId, header),
    invocationError: (requestId, report) => current.invocationError(requestId, report),
    initError: (report) => current.initError(report),
    extensionRequest: (request, response) => current.extensionRequest(request, response),
    closing: () => current.closing(),
  };
  const endpoint: RuntimeEndpoint = await api.open(attached);
  await prepare?.(endpoint.authority);
  const child = launch({ ...command, env: { ...command.env, AWS_LAMBDA_RUNTIME_API: endpoint.authority } });
  if (child.channel) serveChannel(child.channel, attached);
  void child.ended.then(() => current.closing()).finally(() => endpoint.close());
  return {
    child,
    attach: (other) => {
      current = other;
    },
    end: (graceMs = 0) => {
      if (graceMs === 0) return child.kill();
      child.freeze(false);
      child.terminate();
      const timer = setTimeout(() => child.kill(), graceMs);
      void child.ended.then(() => clearTimeout(timer));
    },
  };
};
