import { useAws } from "../../api/useAws.ts";
import { LogView } from "../../parts/LogView.tsx";
import { statusType } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { duration } from "../../parts/time.tsx";

const FAILURE = /State: (FAILED|FAULT|TIMED_OUT)|Command did not exit successfully|^\[Container\].* (ERROR|FAILED)/;
const QUIET = new Set(["SUBMITTED", "QUEUED", "COMPLETED"]);

/** A build's phases and its log as it is written. */
export const BuildLog = ({ id }: { readonly id: string }) => {
  const query = useAws("codebuild", "BatchGetBuilds", { ids: [id] });
  return (
    <Loaded query={query} what="the build">
      {({ builds }) => {
        const build = builds?.[0];
        if (!build) return <Empty title="The build is gone" text={`There is no build ${id} any more.`} />;
        const { groupName, streamName } = build.logs ?? {};
        const phases = (build.phases ?? []).filter(({ phaseType = "" }) => !QUIET.has(phaseType));
        if (!groupName || !streamName) return <Empty title="No log yet" text="The build waits for its turn." />;
        return (
          <LogView
            group={groupName}
            stream={streamName}
            live={build.buildStatus === "IN_PROGRESS"}
            failure={FAILURE}
            jumps={(jump) => (
              <ul className="phases" aria-label="Phases">
                {phases.map(({ phaseType = "", phaseStatus, durationInSeconds, contexts }) => (
                  <li key={phaseType}>
                    <button
                      type="button"
                      className={`phase phase-${statusType(phaseStatus ?? "IN_PROGRESS")}`}
                      title={contexts?.map(({ message }) => message).join("\n")}
                      onClick={() =>
                        jump(
                          phaseType === "DOWNLOAD_SOURCE"
                            ? "Waiting for DOWNLOAD_SOURCE"
                            : `Entering phase ${phaseType}`,
                        )
                      }
                    >
                      {phaseType.toLowerCase().replaceAll("_", " ")}
                      {durationInSeconds ? ` ${duration(durationInSeconds * 1000)}` : ""}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          />
        );
      }}
    </Loaded>
  );
};
