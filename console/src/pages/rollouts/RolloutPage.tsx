import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { ask, cloudNow, setCloudNow } from "../../api/session.ts";
import { useAct, useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { attempt } from "../../parts/flash.tsx";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Status, statusText } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { LoadedThing } from "../../parts/ThingPage.tsx";
import { DataTable } from "../../parts/table.tsx";
import { duration, exactTime, Took, timeOf, useNow } from "../../parts/time.tsx";
import { AlarmState } from "../alarms/AlarmState.tsx";
import { Dial } from "./Dial.tsx";
import { planOf, type Rollout, rolloutOf, type Target } from "./rollouts.ts";
import { VersionDifference } from "./VersionDifference.tsx";

const REFRESH_MS = 1000;
const ENDED = /Succeeded|Failed|Stopped/;
/** With a reason, a button that is pressed and then disabled keeps the focus. */
const ENDED_REASON = "The rollout has ended.";

const RolloutPage = ({ params: { id } }: { readonly params: { readonly id: string } }) => {
  const query = useLoad(["codedeploy", "rollout", id], () => rolloutOf(id), { refreshMs: REFRESH_MS });
  return (
    <LoadedThing query={query} what="the rollout" list={["Rollouts", "#/rollouts"]} name={id} href={hrefs.rollout(id)}>
      {(rollout) => <RolloutView id={id} rollout={rollout} />}
    </LoadedThing>
  );
};

export default RolloutPage;

const RolloutView = ({ id, rollout }: { readonly id: string; readonly rollout: Rollout }) => {
  const { deployment, targets, routing, alarms, hooks } = rollout;
  const running = !ENDED.test(deployment.status ?? "");
  const plan = planOf(routing);
  const stop = useAct(
    () =>
      attempt("The rollout goes back", () =>
        call("codedeploy", "StopDeployment", { deploymentId: id, autoRollbackEnabled: true }),
      ),
    ["codedeploy", "lambda"],
  );
  return (
    <SpaceBetween size="l">
      <Crumbs
        items={[
          ["Rollouts", "#/rollouts"],
          [id, hrefs.rollout(id)],
        ]}
      />
      <Header
        variant="h1"
        info={<Status status={deployment.status} />}
        description={`${deployment.applicationName}: ${plan.text}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <FastForward running={running} stepMs={plan.stepMs} />
            <Button
              variant="primary"
              disabled={!running}
              disabledReason={ENDED_REASON}
              loading={stop.isPending}
              onClick={() => stop.mutate(undefined)}
            >
              Roll back now
            </Button>
          </SpaceBetween>
        }
      >
        {id}
      </Header>
      {deployment.errorInformation && (
        <Alert type="error" header={deployment.errorInformation.code}>
          {deployment.errorInformation.message}
        </Alert>
      )}
      {targets.map((target) => (
        <TargetView key={target.targetId} target={target} hooks={hooks} running={running} stepMs={plan.stepMs} />
      ))}
      <Container header={<Header>Rollout</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: "Started", value: exactTime(deployment.createTime) },
            { label: "Took", value: <Took from={deployment.createTime} to={deployment.completeTime} /> },
            { label: "Started by", value: deployment.creator ?? "–" },
            { label: "Alarms", value: <Alarms alarms={alarms} /> },
            {
              label: "Goes back on",
              value: deployment.autoRollbackConfiguration?.enabled
                ? deployment.autoRollbackConfiguration.events?.map(statusText).join(", ")
                : "nothing",
            },
            ...(deployment.rollbackInfo ? [{ label: "Taken back", value: <TakenBack deployment={deployment} /> }] : []),
          ]}
        />
      </Container>
    </SpaceBetween>
  );
};

const Alarms = ({ alarms }: { readonly alarms: Rollout["alarms"] }) =>
  alarms.length === 0 ? (
    "None is watched"
  ) : (
    <ul className="plain">
      {alarms.map(({ AlarmName = "", StateValue }) => (
        <li key={AlarmName}>
          <To href={hrefs.alarm(AlarmName)}>{AlarmName}</To> <AlarmState state={StateValue} />
        </li>
      ))}
    </ul>
  );

/** Which rollout takes back which: an ended one names the one after it, and that one the one before. */
const TakenBack = ({ deployment: { rollbackInfo = {} } }: Pick<Rollout, "deployment">) => {
  const { rollbackDeploymentId: by, rollbackTriggeringDeploymentId: of, rollbackMessage } = rollbackInfo;
  const other = by ?? of;
  if (!other) return rollbackMessage ?? "–";
  return (
    <>
      {by ? "by" : "instead of"} <To href={hrefs.rollout(other)}>{other}</To>
    </>
  );
};

/** The bake goes on by the cloud's clock, which can be moved. */
const FastForward = ({ running, stepMs }: { readonly running: boolean; readonly stepMs: number }) => {
  const advance = useAct(
    (ms: number) =>
      attempt(`The cloud's clock was moved on by ${duration(ms)}`, async () => {
        const { now } = await ask<{ readonly now: number }>(`clock?ms=${ms}`, { method: "POST" });
        setCloudNow(now);
      }),
    ["codedeploy", "lambda"],
  );
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        iconName="redo"
        disabled={!running}
        disabledReason={ENDED_REASON}
        loading={advance.isPending}
        onClick={() => advance.mutate(60_000)}
      >
        +1 min
      </Button>
      {stepMs > 60_000 && (
        <Button disabled={!running} disabledReason={ENDED_REASON} onClick={() => advance.mutate(stepMs)}>
          Next step (+{duration(stepMs)})
        </Button>
      )}
    </SpaceBetween>
  );
};

const TargetView = ({
  target,
  hooks,
  running,
  stepMs,
}: {
  readonly target: Target;
  readonly hooks: Rollout["hooks"];
  readonly running: boolean;
  readonly stepMs: number;
}) => {
  const info = target.lambdaFunctionInfo ?? {};
  const name = info.functionName ?? "";
  return (
    <Container
      header={
        <Header description={`alias ${info.functionAlias ?? ""}`}>
          <To href={hrefs.function(name, "versions")}>{name}</To>
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 7 } }]}>
        <SpaceBetween size="s">
          <Dial
            percent={Math.round(info.targetVersionWeight ?? 0)}
            from={info.currentVersion ?? "–"}
            to={info.targetVersion ?? "–"}
            status={target.status}
          />
          {running && <Bake target={target} stepMs={stepMs} />}
        </SpaceBetween>
        <SpaceBetween size="m">
          <Hooks target={target} hooks={hooks} />
          <VersionDifference name={name} before={info.currentVersion} after={info.targetVersion} />
        </SpaceBetween>
      </Grid>
    </Container>
  );
};

/** How long until the next step, by the cloud's clock. */
const Bake = ({ target, stepMs }: { readonly target: Target; readonly stepMs: number }) => {
  useNow(500);
  const shift = target.lifecycleEvents?.find(({ lifecycleEventName }) => lifecycleEventName === "AllowTraffic");
  const start = timeOf(shift?.startTime);
  if (start === undefined || shift?.status !== "InProgress" || stepMs === 0) return null;
  const left = stepMs - ((cloudNow() - start) % stepMs);
  return (
    <Box textAlign="center">
      Baking: <b className="figures">{duration(left)}</b> until the next step
    </Box>
  );
};

const Hooks = ({ target, hooks }: { readonly target: Target; readonly hooks: Rollout["hooks"] }) => (
  <DataTable
    title="Steps"
    headingTag="h3"
    variant="embedded"
    items={target.lifecycleEvents ?? []}
    idOf={({ lifecycleEventName = "" }) => lifecycleEventName}
    empty={<Empty title="It has not begun" />}
    columns={[
      {
        id: "name",
        header: "Step",
        cell: ({ lifecycleEventName = "" }) => <Step name={lifecycleEventName} hook={hooks[lifecycleEventName]} />,
        isRowHeader: true,
      },
      { id: "status", header: "Status", cell: ({ status }) => <Status status={status} /> },
      { id: "took", header: "Took", cell: ({ startTime, endTime }) => <Took from={startTime} to={endTime} /> },
      { id: "message", header: "Message", cell: ({ diagnostics }) => diagnostics?.message ?? "" },
    ]}
  />
);

const Step = ({ name, hook }: { readonly name: string; readonly hook: string | undefined }) => (
  <>
    {name}
    {hook && (
      <div>
        <To href={hrefs.function(nameOf(hook))}>{nameOf(hook)}</To>
      </div>
    )}
  </>
);
