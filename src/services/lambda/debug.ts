import { AwsError, NotImplemented } from "../../kernel/errors.ts";
import type { Room } from "./room.ts";

/** Runs a function's events under a debugger at that port of this machine; undefined: no longer. */
export const debugFunction = (room: Room, functionName: string, port: number | undefined): void => {
  const record = room.functions.get(functionName);
  if (!record) throw new AwsError("ResourceNotFoundException", `There is no function ${functionName}.`, 404);
  const { runtime } = record.latest;
  if (!runtime.startsWith("nodejs")) throw new NotImplemented(`debugging of functions with the runtime ${runtime}`);
  room.engine.inspect(functionName, port);
};
