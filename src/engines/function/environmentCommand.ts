import { type CommandParts, type FunctionCommand, functionCommand } from "./command.ts";
import type { EnvironmentHost } from "./environmentHost.ts";
import { nodeMajor, runtimeFamily } from "./runtimes.ts";
import { openTraceListener, type TraceListener } from "./traceListener.ts";

/** What an environment starts with. */
interface Prepared {
  readonly command: FunctionCommand;
  /** The cloud's time when its credentials end. */
  readonly expiresAt: number;
  /** Where its code's segments are taken; absent where it is not traced. */
  readonly traces: TraceListener | undefined;
}

type OwnParts = Omit<CommandParts, "credentials" | "node" | "endpoint" | "trust" | "tracePort">;

/** The command of an environment's process, with its own credentials and, where it is traced, its own port for segments. */
export const environmentCommand = async (host: EnvironmentHost, own: OwnParts): Promise<Prepared> => {
  const { spec } = own;
  const credentials = await host.credentials(spec);
  const { segment } = host;
  const traces = spec.isTraced && segment ? await openTraceListener((document) => segment(spec, document)) : undefined;
  try {
    const command = await functionCommand({
      ...own,
      credentials,
      node: runtimeFamily(spec.runtime) === "node" ? host.nodeOf(nodeMajor(spec.runtime)) : undefined,
      endpoint: host.endpoint(),
      tracePort: traces?.port,
      trust: host.trust?.(),
    });
    return { command, expiresAt: credentials.expiration, traces };
  } catch (error) {
    traces?.close();
    throw error;
  }
};
