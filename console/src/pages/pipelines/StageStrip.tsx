import { Status, statusType } from "../../parts/Status.tsx";
import type { StageState } from "./runs.ts";

/** A pipeline in one line: its stages in order, and how each stands. */
export const StageStrip = ({ stages }: { readonly stages: readonly StageState[] }) => (
  <ol className="strip" aria-label="Stages">
    {stages.map(({ stageName, latestExecution, inboundTransitionState }) => (
      <li key={stageName} className={`strip-stage strip-${statusType(latestExecution?.status)}`}>
        <span className="strip-name">{stageName}</span>
        <Status status={latestExecution?.status} />
        {inboundTransitionState?.enabled === false && <span className="strip-held">held</span>}
      </li>
    ))}
  </ol>
);
