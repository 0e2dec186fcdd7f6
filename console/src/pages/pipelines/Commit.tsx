import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { commitOf, type Declaration, messageOf, type RunSummary, repositoryOf } from "./runs.ts";

/** A run's commit: its message, its author where the repository is here, its id. */
export const Commit = ({ declaration, run }: { readonly declaration: Declaration; readonly run: RunSummary }) => {
  const repository = repositoryOf(declaration);
  const ref = run.sourceRevisions?.[0]?.revisionId ?? "";
  const [owner = "", name = ""] = repository?.split("/") ?? [];
  const commit = useLoad(["git", owner, name, ref], () => call("git", "GetCommit", { owner, name, ref }), {
    enabled: repository !== undefined && ref !== "",
  });
  return (
    <>
      <span className="mono">{commitOf(run)}</span> {messageOf(run)}
      {commit.data && <span className="quiet"> by {commit.data.authorName}</span>}
    </>
  );
};
