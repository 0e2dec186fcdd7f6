import { expect, test } from "vitest";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { change } from "./settle.ts";

test.each(["CREATING", "UPDATING", "STARTING", "STOPPING", "DELETING"] as const)(
  "while a pipe is %s, no other change begins",
  async (state) => {
    const asked = change({} as Room, { name: "p", state } as PipeRecord, "STOPPING");
    await expect(asked).rejects.toThrow(`Pipe p is in state ${state} and cannot be changed until it has left it.`);
  },
);
