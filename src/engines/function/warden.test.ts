import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

/** A process that holds groups and ends by itself, as the cloud does by `kill -9`: without a word to its warden. */
const holder = (steps: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      `import { Warden } from ${JSON.stringify(new URL("./warden.ts", import.meta.url).href)};
       const warden = new Warden();
       ${steps}
       process.stdin.once("data", () => process.kill(process.pid, "SIGKILL"));
       console.log("held");`,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );

const sleeper = (): ChildProcess => spawn("sleep", ["600"], { detached: true, stdio: "ignore" });

test("ends the groups that were held when its process ends, and not those that were freed", async () => {
  const [held, freed, other] = [sleeper(), sleeper(), sleeper()];
  try {
    const process = holder(
      `for (const group of ${JSON.stringify([freed.pid, held.pid, other.pid])}) warden.hold(group);
       warden.free(${freed.pid});
       warden.free(${freed.pid});`,
    );
    await once(process.stdout!, "data");
    const ends = [once(held, "exit"), once(other, "exit")];
    process.stdin!.write("end\n");
    expect(await Promise.all(ends)).toEqual([
      [null, "SIGKILL"],
      [null, "SIGKILL"],
    ]);
    expect([freed.exitCode, freed.signalCode]).toEqual([null, null]);
  } finally {
    freed.kill("SIGKILL");
  }
});
