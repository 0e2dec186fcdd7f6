import type { Execution } from "../../engines/pipeline/model.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { runLink } from "./failure.ts";
import { SERVICE_PRINCIPAL } from "./room.ts";

type State = "pending" | "success" | "failure" | "error";

const STATES: Readonly<Record<Execution["state"]["status"], State>> = {
  InProgress: "pending",
  Stopping: "pending",
  Succeeded: "success",
  Failed: "failure",
  Stopped: "error",
  Superseded: "error",
  Cancelled: "error",
};

/** Tells the Git host what a pipeline makes of the commits it took. */
export const putStatuses = async (deps: RoomDeps, execution: Execution): Promise<void> => {
  const { spec, revisions, state, id } = execution;
  const host = deps.contextAs({ kind: "service", account: deps.account, service: SERVICE_PRINCIPAL });
  for (const { actionName, revisionId } of revisions) {
    const action = spec.stages[0]?.actions.find(({ name }) => name === actionName);
    const { Owner, Repo, FullRepositoryId } = action?.configuration ?? {};
    const [owner, name] = FullRepositoryId === undefined ? [Owner, Repo] : FullRepositoryId.split("/");
    if (owner === undefined || name === undefined) continue;
    try {
      await host.call("git", "PutStatus", {
        owner,
        name,
        commitId: revisionId,
        context: `aloft/${spec.name}`,
        state: STATES[state.status],
        description: `${state.status} (execution ${id})`,
        targetUrl: runLink(deps, execution),
      });
    } catch (error) {
      // The repository may have been removed while the pipeline ran; its commits need no status then.
      if (!(error instanceof AwsError && error.statusCode === 404)) throw error;
    }
  }
};
