import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";

const LAST_LINES = 14;

/** Why a build failed: the phase and its reason first, then what the log said last before it. */
export const BuildFailure = ({ id }: { readonly id: string }) => {
  const { data } = useAws("codebuild", "BatchGetBuilds", { ids: [id] });
  const build = data?.builds?.[0];
  const phase = build?.phases?.find(({ phaseStatus }) => phaseStatus !== undefined && phaseStatus !== "SUCCEEDED");
  const { groupName: logGroupName, streamName: logStreamName } = build?.logs ?? {};
  const log = useLoad(
    ["logs", "tail", id],
    async () => {
      const { events = [] } = await call("logs", "GetLogEvents", {
        logGroupName,
        logStreamName: logStreamName ?? "",
        limit: 200,
      });
      const lines = events.flatMap(({ message = "" }) => message.trimEnd().split("\n"));
      const end = lines.findIndex((line) => line.includes("Command did not exit successfully"));
      return (end < 0 ? lines : lines.slice(0, end)).slice(-LAST_LINES).join("\n");
    },
    { enabled: logGroupName !== undefined },
  );
  return (
    <SpaceBetween size="xs">
      <div>
        {phase ? (
          <>
            Phase <b>{phase.phaseType}</b>:{" "}
            {phase.contexts?.map(({ message }) => message).join(" ") || phase.phaseStatus}
          </>
        ) : (
          "The build ended without success."
        )}{" "}
        <To href={hrefs.build(id)}>Open the build</To>
      </div>
      {log.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section ref={toEnd} className="pre-box" tabIndex={0} aria-label="The log before it failed">
          <pre className="pre">{log.data}</pre>
        </section>
      )}
      <div>What was live before is live still.</div>
    </SpaceBetween>
  );
};

/** What was said last before the failure is what one wants to read first. */
const toEnd = (box: HTMLElement | null): void => {
  if (box) box.scrollTop = box.scrollHeight;
};
