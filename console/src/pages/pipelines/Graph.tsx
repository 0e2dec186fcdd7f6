import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { Status, statusType } from "../../parts/Status.tsx";
import { Took } from "../../parts/time.tsx";
import type { ActionInRun, StageInRun } from "./stages.ts";

interface Props {
  /** AWS: only pipelines of type V2 take a stage back, never their first, and none whose runs are parallel. */
  readonly canRollBack: boolean;
  readonly stages: readonly StageInRun[];
  readonly selected: string | undefined;
  readonly onSelect: (action: string) => void;
  readonly onStage: (stage: StageInRun, what: string) => void;
}

/** The road of one run: stages in order, actions of one run order side by side. */
export const Graph = ({ canRollBack, stages, selected, onSelect, onStage }: Props) => (
  <ol className="graph" aria-label="Stages of the run">
    {stages.map((stage, index) => (
      <li key={stage.name} className="graph-step">
        {index > 0 && <Transition stage={stage} onStage={onStage} />}
        <section className={`stage stage-${statusType(stage.status)}`} aria-label={`Stage ${stage.name}`}>
          <header className="stage-head">
            <div>
              <h3>{stage.name}</h3>
              <Status status={stage.status} />{" "}
              {stage.startedAt !== undefined && <Took from={stage.startedAt} to={stage.endedAt} />}
            </div>
            <StageMenu stage={stage} canRollBack={canRollBack && index > 0} onStage={onStage} />
          </header>
          {stage.steps.map((step) => (
            <div key={step[0]?.declaration.runOrder} className="stage-order">
              {step.map((action) => (
                <ActionCard key={action.id} action={action} selected={selected === action.id} onSelect={onSelect} />
              ))}
            </div>
          ))}
        </section>
      </li>
    ))}
  </ol>
);

const Transition = ({ stage, onStage }: { readonly stage: StageInRun; readonly onStage: Props["onStage"] }) => {
  const held = stage.state?.inboundTransitionState?.enabled === false;
  return (
    <div className={held ? "transition transition-held" : "transition"}>
      <Button
        variant="icon"
        iconName={held ? "status-stopped" : "arrow-right"}
        ariaLabel={held ? `Let runs enter ${stage.name} again` : `Hold runs before ${stage.name}`}
        onClick={() => onStage(stage, held ? "enable" : "disable")}
      />
    </div>
  );
};

const StageMenu = ({
  stage,
  canRollBack,
  onStage,
}: Pick<Props, "canRollBack" | "onStage"> & { readonly stage: StageInRun }) => {
  const failed = stage.status === "Failed";
  const held = stage.state?.inboundTransitionState?.enabled === false;
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={`Actions for stage ${stage.name}`}
      expandToViewport
      onItemClick={({ detail }) => onStage(stage, detail.id)}
      items={[
        { id: "retry", text: "Retry failed actions", disabled: !failed },
        { id: "retryAll", text: "Retry the whole stage", disabled: !failed },
        {
          id: "rollback",
          text: "Roll back to an earlier run …",
          disabled: !canRollBack,
          ...(canRollBack ? {} : { disabledReason: "Only later stages of pipelines of type V2 can be rolled back" }),
        },
        held ? { id: "enable", text: "Let runs enter" } : { id: "disable", text: "Hold runs before it …" },
      ]}
    />
  );
};

interface CardProps {
  readonly action: ActionInRun;
  readonly selected: boolean;
  readonly onSelect: Props["onSelect"];
}

const ActionCard = ({ action: { id, declaration, run }, selected, onSelect }: CardProps) => (
  <button
    type="button"
    className={`action action-${statusType(run?.status)}`}
    aria-pressed={selected}
    onClick={() => onSelect(id)}
  >
    <span className="action-name">{declaration.name}</span>
    <span className="action-provider">{declaration.actionTypeId?.provider}</span>
    <span className="action-state">
      <Status status={run?.status} />
      {run && <Took from={run.startTime} to={run.status === "InProgress" ? undefined : run.lastUpdateTime} />}
    </span>
  </button>
);
