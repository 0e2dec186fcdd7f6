import { machineArn } from "../arns.ts";
import { findExecution, page } from "../find.ts";
import { identityView } from "../mapRuns/find.ts";
import type { Operation, Room } from "../room.ts";

export const listMapRuns =
  (room: Room): Operation<"ListMapRuns"> =>
  async (_ctx, asked) => {
    const { id } = findExecution(room, asked.executionArn);
    const { items, nextToken } = page(room.mapRunsOf.values({ prefix: [id], reverse: true }), asked);
    const mapRuns = items.flatMap((run) => {
      const record = room.mapRuns.get(run);
      if (!record) return [];
      const stateMachineArn = machineArn(room.deps, `${record.machine}/${record.label}`);
      return [{ ...identityView(room, record), stateMachineArn }];
    });
    return { mapRuns, nextToken };
  };
