import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { call } from "../../api/call.ts";
import { cloudNow } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { timeOf } from "../../parts/time.tsx";
import { type Stretch, Waterfall } from "../../parts/Waterfall.tsx";
import { eventsOf } from "../stacks/stacks.ts";
import { spansOf } from "../stacks/timeline.ts";
import { type ActionRun, actionsOf, type RunSummary, traceOfRun } from "./runs.ts";

interface Props {
  readonly pipeline: string;
  readonly run: RunSummary;
}

/** Where the time of one run went: its actions, the phases of their builds, the resources of their stacks. */
export const RunWaterfall = ({ pipeline, run: summary }: Props) => {
  const run = summary.pipelineExecutionId ?? "";
  const query = useLoad(["codepipeline", "waterfall", pipeline, run], () => stretchesOf(pipeline, run));
  return (
    <Container
      header={
        <Header
          description="Actions, phases of builds, and resources of stacks."
          actions={<Button href={hrefs.trace(traceOfRun(summary))}>Calls made by the run</Button>}
        >
          Where the time went
        </Header>
      }
    >
      <Loaded query={query} what="the run">
        {(stretches) => <Waterfall label="Parts of the run" stretches={stretches} />}
      </Loaded>
    </Container>
  );
};

const stretchesOf = async (pipeline: string, run: string): Promise<readonly Stretch[]> => {
  const actions = (await actionsOf(pipeline, run)).toSorted((a, b) => startOf(a) - startOf(b));
  const parts = await Promise.all(
    actions.map(async (action) => [actionStretch(pipeline, run, action), ...(await partsOf(action))]),
  );
  return parts.flat();
};

const startOf = ({ startTime }: ActionRun): number => timeOf(startTime) ?? 0;
const endOf = ({ status, lastUpdateTime }: ActionRun): number =>
  status === "InProgress" ? cloudNow() : (timeOf(lastUpdateTime) ?? 0);

const actionStretch = (pipeline: string, run: string, action: ActionRun): Stretch => {
  const { stageName, actionName, actionExecutionId = "", status = "" } = action;
  const label = `${stageName} / ${actionName}`;
  return {
    id: actionExecutionId,
    label: <To href={hrefs.run(pipeline, run, `${stageName}.${actionName}`)}>{label}</To>,
    status,
    from: startOf(action),
    to: endOf(action),
    title: `${label}: ${status}`,
  };
};

const partsOf = async (action: ActionRun): Promise<readonly Stretch[]> => {
  const provider = action.input?.actionTypeId?.provider;
  const external = action.output?.executionResult?.externalExecutionId;
  if (provider === "CodeBuild" && external) return phasesOf(external);
  const stack = action.input?.resolvedConfiguration?.["StackName"];
  return provider === "CloudFormation" && stack ? resourcesIn(stack, action) : [];
};

const phasesOf = async (id: string): Promise<readonly Stretch[]> => {
  const { builds = [] } = await call("codebuild", "BatchGetBuilds", { ids: [id] });
  return (builds[0]?.phases ?? []).flatMap(({ phaseType = "", phaseStatus = "IN_PROGRESS", startTime, endTime }) =>
    phaseType === "COMPLETED"
      ? []
      : {
          id: `${id}${phaseType}`,
          label: phaseType.toLowerCase().replaceAll("_", " "),
          status: phaseStatus,
          from: timeOf(startTime) ?? 0,
          to: timeOf(endTime) ?? cloudNow(),
          depth: 1,
          title: `${phaseType}: ${phaseStatus}`,
        },
  );
};

const resourcesIn = async (stack: string, action: ActionRun): Promise<readonly Stretch[]> => {
  const events = (await eventsOf(stack).catch(() => [])).toReversed();
  const own = events.filter(({ Timestamp, PhysicalResourceId, StackId }) => {
    const at = timeOf(Timestamp) ?? 0;
    return at >= startOf(action) && at <= endOf(action) && PhysicalResourceId !== StackId;
  });
  return spansOf(own).map(({ id, status, reason, from, to }) => ({
    id: `${stack}${id}${from}`,
    label: id,
    status,
    from,
    to: to ?? cloudNow(),
    depth: 1,
    title: `${status}${reason ? `: ${reason}` : ""}`,
  }));
};
