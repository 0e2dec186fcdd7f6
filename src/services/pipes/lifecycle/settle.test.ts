import { expect, test } from "vitest";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { beginChange } from "./settle.ts";

test.each(["CREATING", "UPDATING", "STARTING", "STOPPING", "DELETING"] as const)(
  "while a pipe is %s, no other change begins",
  (state) => {
    const change = () => beginChange({} as Room, { name: "p", state } as PipeRecord, "STOPPING");
    expect(change).toThrow(`Pipe p is in state ${state} and cannot be changed until it has left it.`);
  },
);
