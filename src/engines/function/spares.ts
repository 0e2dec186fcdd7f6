import { tmpdir } from "node:os";
import type { Clock } from "../../kernel/clock.ts";
import type { ChildCommand, LaunchChild } from "./childProcess.ts";
import { oldSpaceMb, spareCommand } from "./command.ts";
import type { RuntimeApi } from "./runtimeApi.ts";
import { type RuntimeProcess, startRuntimeProcess } from "./runtimeProcess.ts";
import type { RuntimeSession } from "./runtimeSession.ts";

/** One Node.js process kept ready, its bootstrap loaded, to become whichever function is needed next. */
export interface Spares {
  /** The waiting process turned into that function, or undefined when none is ready or the function needs its own start. */
  take(command: ChildCommand, memoryMb: number, session: RuntimeSession): RuntimeProcess | undefined;
  /** Starts a process to wait, unless one does or is about to. */
  prepare(): Promise<void>;
  end(): void;
}

export interface SpareParts {
  readonly api: RuntimeApi;
  readonly launch: LaunchChild;
  readonly machineClock: Clock;
}

interface Spare {
  process?: RuntimeProcess;
  /** Known once the process has asked what to become. */
  become?: (document: string) => void;
}

/** The next one starts once the function that took the last has had the machine to itself for its start. */
const REFILL_DELAY_MS = 300;

export const createSpares = (parts: SpareParts): Spares => {
  let spare: Spare | undefined;
  let ended = false;
  const forget = (which: Spare) => {
    if (spare === which) spare = undefined;
  };
  const start = async (started: Spare): Promise<void> => {
    const session: RuntimeSession = {
      ...unassigned,
      assignment: (answer) => {
        started.become = answer;
      },
    };
    const process = await startRuntimeProcess(parts, spareCommand(tmpdir()), session);
    started.process = process;
    void process.child.ended.then(() => forget(started));
    if (ended) process.end();
  };
  const prepare = async (): Promise<void> => {
    if (spare || ended) return;
    const started: Spare = {};
    spare = started;
    try {
      await start(started);
    } catch {
      // A function that finds no spare starts its own process, and reports what hinders it.
      forget(started);
    }
  };
  const refill = async (): Promise<void> => {
    await parts.machineClock.sleep(REFILL_DELAY_MS);
    await prepare();
  };
  return {
    prepare,
    take: (command, memoryMb, session) => {
      void refill();
      // Options for Node.js itself only count when it starts.
      if (!spare?.process || !spare.become || command.env["NODE_OPTIONS"] !== undefined) return undefined;
      const { process, become } = spare;
      spare = undefined;
      process.attach(session);
      become(JSON.stringify({ env: command.env, cwd: command.cwd, oldSpaceMb: oldSpaceMb(memoryMb) }));
      return process;
    },
    end: () => {
      ended = true;
      spare?.process?.end();
      spare = undefined;
    },
  };
};

/** A process without a function has nothing to say. */
const unassigned: Omit<RuntimeSession, "assignment"> = {
  next: () => {},
  response: () => undefined,
  invocationError: () => false,
  initError: () => false,
  extensionRequest: async (_request, response) => {
    response.destroy();
  },
  closing: async () => {},
};
