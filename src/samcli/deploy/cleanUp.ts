import type { Sdk } from "../../awscli/clients.ts";
import { waitForStack } from "../../awscli/cloudformation/stack.ts";
import type { Io } from "../../awscli/io.ts";
import { followEvents, lastEventId } from "./events.ts";

/** `--on-failure DELETE`: an update goes back to what was there, and a stack that was never made whole is deleted. */
export const cleanUp = async (sdk: Sdk, StackName: string, status: string, io: Io): Promise<void> => {
  if (/^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED)$/.test(status)) {
    io.err(`Stack ${StackName} failed to create/update correctly, deleting stack\n`);
    await sdk.send("DeleteStack", { StackName });
    await waitForStack(sdk, "StackDeleteComplete", { StackName });
    io.err(`\nStack ${StackName} has been deleted\n`);
    return;
  }
  if (status === "UPDATE_FAILED") {
    io.err(`Stack ${StackName} failed to update, rolling back stack to previous state...\n`);
    const since = await lastEventId(sdk, StackName);
    await sdk.send("RollbackStack", { StackName });
    await followEvents(sdk, StackName, since, io);
  }
  io.err(`Stack ${StackName} has rolled back successfully\n`);
};
