import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { type CloudEvent, useLive } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { happening } from "../../parts/happenings.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { Ago, duration, Took } from "../../parts/time.tsx";
import { invocationsOf } from "../functions/runs.ts";
import { commitOf, isRunning, messageOf, timeToProduction } from "../pipelines/runs.ts";
import { StageStrip } from "../pipelines/StageStrip.tsx";
import {
  loadPipelines,
  loadRollouts,
  loadStackAttention,
  loadUnbuilt,
  type PipelineOverview,
  pipelineAttention,
  rolloutAttention,
} from "./attention.ts";

const HomePage = () => (
  <SpaceBetween size="l">
    <Header variant="h1" description="From your commit to what people use, live.">
      Your road to production
    </Header>
    <Attentions />
    <Pipelines />
    <Grid gridDefinition={[{ colspan: { default: 12, m: 6 } }, { colspan: { default: 12, m: 6 } }]}>
      <Stacks />
      <Functions />
    </Grid>
    <Recent />
  </SpaceBetween>
);

export default HomePage;

const useStacks = () =>
  useLoad(["cloudformation", "home"], async () => {
    const { StackSummaries = [] } = await call("cloudformation", "ListStacks", {});
    return StackSummaries.filter(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
  });

const Attentions = () => {
  const pipelines = useLoad(["codepipeline", "home"], loadPipelines);
  const stacks = useLoad(["cloudformation", "attention"], loadStackAttention);
  const rollouts = useLoad(["codedeploy", "home"], loadRollouts);
  const unbuilt = useLoad(["calls", "unbuilt"], loadUnbuilt);
  const all = [
    ...pipelineAttention(pipelines.data ?? []),
    ...(stacks.data ?? []),
    ...rolloutAttention(rollouts.data ?? []),
    ...(unbuilt.data ?? []),
  ];
  if (all.length === 0) return null;
  return (
    <Container header={<Header counter={`(${all.length})`}>Needs attention</Header>}>
      <ul className="rows">
        {all.map(({ id, status, what, why, href }) => (
          <li key={id} className="row">
            <Status status={status} text={what} />
            <span className="row-detail">{why}</span>
            <To href={href} label={`Look at: ${what}`}>
              Look
            </To>
          </li>
        ))}
      </ul>
    </Container>
  );
};

const Pipelines = () => {
  const query = useLoad(["codepipeline", "home"], loadPipelines);
  return (
    <Loaded query={query} what="pipelines">
      {(pipelines) =>
        pipelines.length === 0 ? (
          <Container header={<Header>Pipelines</Header>}>
            <Empty
              title="No pipeline yet"
              text={
                <>
                  In your project: <code>aloft launch</code>
                </>
              }
            />
          </Container>
        ) : (
          <SpaceBetween size="l">
            {pipelines.map((pipeline) => (
              <PipelineCard key={pipeline.name} pipeline={pipeline} />
            ))}
          </SpaceBetween>
        )
      }
    </Loaded>
  );
};

const PipelineCard = ({ pipeline: { name, stages, runs } }: { readonly pipeline: PipelineOverview }) => {
  const [last] = runs;
  const production = timeToProduction(runs);
  const good = runs.filter(({ status }) => status === "Succeeded").length;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<Button href={hrefs.pipeline(name)}>Open pipeline</Button>}
          description={
            last ? (
              <>
                {commitOf(last) && (
                  <>
                    <span className="mono">{commitOf(last)}</span> {messageOf(last)} ·{" "}
                  </>
                )}
                <Ago time={last.startTime} />
              </>
            ) : (
              "It has not run yet."
            )
          }
        >
          <To href={hrefs.pipeline(name)}>{name}</To>
        </Header>
      }
    >
      <SpaceBetween size="s">
        <StageStrip stages={stages} />
        <Box color="text-body-secondary" fontSize="body-s">
          {last && isRunning(last.status) ? (
            <>
              Running for <Took from={last.startTime} to={undefined} />
              {production === undefined ? "" : `, usually ${duration(production)} to production`}
            </>
          ) : production === undefined ? (
            "No commit has reached production yet."
          ) : (
            <>
              <b className="figures">{duration(production)}</b> from commit to production
              {good > 1 && `, the middle of the last ${Math.min(10, good)} successful runs`}
            </>
          )}
        </Box>
      </SpaceBetween>
    </Container>
  );
};

const Stacks = () => {
  const query = useStacks();
  return (
    <Container fitHeight header={<Header counter={query.data ? `(${query.data.length})` : ""}>Stacks</Header>}>
      <Loaded query={query} what="stacks">
        {(stacks) =>
          stacks.length === 0 ? (
            <Empty title="No stacks" text="What your templates describe is listed here." />
          ) : (
            <ul className="rows">
              {stacks.slice(0, 12).map(({ StackId, StackName = "", StackStatus, LastUpdatedTime, CreationTime }) => (
                <li key={StackId} className="row">
                  <To href={hrefs.stack(StackName)}>{StackName}</To>
                  <Status status={StackStatus} />
                  <span className="row-end">
                    <Ago time={LastUpdatedTime ?? CreationTime} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Container>
  );
};

const Functions = () => {
  const query = useAws("lambda", "ListFunctions", {});
  const names = (query.data?.Functions ?? []).slice(0, 12);
  return (
    <Container
      fitHeight
      header={<Header counter={query.data ? `(${query.data.Functions?.length ?? 0})` : ""}>Functions</Header>}
    >
      <Loaded query={query} what="functions">
        {() =>
          names.length === 0 ? (
            <Empty title="No functions" text="They come with an application's stack." />
          ) : (
            <ul className="rows">
              {names.map(({ FunctionName = "", LoggingConfig }) => (
                <FunctionRow
                  key={FunctionName}
                  name={FunctionName}
                  logGroup={LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Container>
  );
};

const FunctionRow = ({ name, logGroup }: { readonly name: string; readonly logGroup: string }) => {
  const runs = useLoad(["invocations", logGroup], () => invocationsOf(logGroup));
  const failures = runs.data?.filter(({ failure }) => failure !== undefined).length ?? 0;
  return (
    <li className="row">
      <To href={hrefs.function(name)}>{name}</To>
      {failures > 0 ? (
        <Status status="FAILED" text={`${failures} failed`} />
      ) : (
        <Status status={runs.data?.length ? "SUCCEEDED" : undefined} text={runs.data?.length ? "No errors" : "Idle"} />
      )}
      <span className="row-end">{runs.data ? `${runs.data.length} in the last hour` : ""}</span>
    </li>
  );
};

const SHOWN_EVENTS = 15;

const Recent = () => {
  const { events: live } = useLive();
  const before = useLoad(["events-log"], () => ask<{ readonly events: readonly CloudEvent[] }>("log/events?limit=60"));
  const known = new Set(live.map(({ id }) => id));
  const all = [...live, ...(before.data?.events ?? []).filter(({ id }) => !known.has(id))];
  return (
    <Container header={<Header actions={<Button href="#/activity">All activity</Button>}>Recent events</Header>}>
      {all.length === 0 ? (
        <Empty title="Quiet" text="What happens from now on is listed here as it happens." />
      ) : (
        <ul className="rows" aria-live="off">
          {all.slice(0, SHOWN_EVENTS).map((event) => {
            const { id, time, status, what, detail, href } = happening(event);
            return (
              <li key={id} className="row">
                <Status status={status} text={what} />
                <span className="row-detail">{detail}</span>
                {href && (
                  <To href={href} label={`Open: ${what}`}>
                    Open
                  </To>
                )}
                <span className="row-end">
                  <Ago time={time} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Container>
  );
};
