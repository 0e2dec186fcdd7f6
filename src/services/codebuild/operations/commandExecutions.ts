import { invalidInput } from "../errors.ts";
import { findSandbox } from "../find.ts";
import { slicePage } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { commandsOf, runCommand } from "../sandboxes/commands.ts";
import { commandView } from "../sandboxes/views.ts";

type Parts = Pick<Room, "sandboxes" | "commandExecutions">;

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartCommandExecution.html */
export const startCommandExecution =
  (room: Room): Operation<"StartCommandExecution"> =>
  async (ctx, { sandboxId, command }) => {
    const sandbox = findSandbox(room, sandboxId);
    const open = room.openSandboxes.get(sandbox.id);
    if (!open) throw invalidInput(`Sandbox ${sandbox.id} is not ready to run commands`);
    return { commandExecution: commandView(runCommand(room, sandbox, open, command), sandbox, ctx.region) };
  };

export const batchGetCommandExecutions =
  (room: Parts): Operation<"BatchGetCommandExecutions"> =>
  async (ctx, { sandboxId, commandExecutionIds }) => {
    const sandbox = findSandbox(room, sandboxId);
    const found = commandExecutionIds.flatMap((id) => room.commandExecutions.get([sandbox.id, id]) ?? []);
    const known = new Set(found.map(({ id }) => id));
    return {
      commandExecutions: found.map((command) => commandView(command, sandbox, ctx.region)),
      commandExecutionsNotFound: commandExecutionIds.filter((id) => !known.has(id)),
    };
  };

/** AWS lists the newest first unless asked otherwise. */
export const listCommandExecutionsForSandbox =
  (room: Parts): Operation<"ListCommandExecutionsForSandbox"> =>
  async (ctx, { sandboxId, sortOrder, nextToken, maxResults }) => {
    const sandbox = findSandbox(room, sandboxId);
    const all = commandsOf(room, sandbox.id);
    if (sortOrder !== "ASCENDING") all.reverse();
    const { items, ...more } = slicePage(all, nextToken, maxResults);
    return { commandExecutions: items.map((command) => commandView(command, sandbox, ctx.region)), ...more };
  };
