import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useLocation } from "wouter";
import { useAct, useAws, useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { attempt } from "../../parts/flash.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Empty, Loaded, Refusal } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { History } from "./History.tsx";
import { RunView, release } from "./RunView.tsx";
import { RunWaterfall } from "./RunWaterfall.tsx";
import { isRunning, messageOf, type RunSummary, runsOf } from "./runs.ts";
import { StopDialog } from "./StopDialog.tsx";
import { Structure } from "./Structure.tsx";

interface Props {
  readonly params: {
    readonly name: string;
    readonly tab?: string | undefined;
    readonly id?: string | undefined;
    readonly action?: string | undefined;
  };
}

const PipelinePage = ({ params: { name, tab = "runs", id, action } }: Props) => {
  const [, go] = useLocation();
  const pipeline = useAws("codepipeline", "GetPipeline", { name });
  const query = useLoad(["codepipeline", "runs", name], () => runsOf(name));
  const declaration = pipeline.data?.pipeline;
  const runs = query.data ?? [];
  const run = runs.find(({ pipelineExecutionId }) => pipelineExecutionId === id) ?? (id ? undefined : runs[0]);
  const toNewest = () => go(hrefs.pipeline(name).slice(1));
  const start = useAct(async () => {
    if (await attempt("A run was started", () => release(name))) toNewest();
  }, ["codepipeline"]);
  const [stopping, setStopping] = useState<string>();
  const frame = { list: ["Pipelines", "#/pipelines"], name, href: hrefs.pipeline(name) } as const;
  if (pipeline.error && !declaration)
    return (
      <ThingPage {...frame}>
        <Refusal error={pipeline.error} />
      </ThingPage>
    );
  return (
    <SpaceBetween size="m">
      <Crumbs items={[frame.list, [name, frame.href]]} />
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={!isRunning(run?.status)}
              disabledReason="No run is under way."
              onClick={() => setStopping(run?.pipelineExecutionId)}
            >
              Stop run
            </Button>
            <Button variant="primary" loading={start.isPending} onClick={() => start.mutate(undefined)}>
              Release change
            </Button>
          </SpaceBetween>
        }
      >
        {name}
      </Header>
      {run && <NewerRun run={run} newest={runs[0]} onShow={toNewest} />}
      <Tabs
        ariaLabel="About the pipeline"
        activeTabId={tab}
        onChange={({ detail }) => go(`${hrefs.pipeline(name).slice(1)}/${detail.activeTabId}`)}
        tabs={[
          {
            id: "runs",
            label: "Run",
            content: (
              <Loaded query={query} what="runs">
                {() =>
                  declaration && run ? (
                    <RunView
                      key={run.pipelineExecutionId}
                      declaration={declaration}
                      run={run}
                      runs={runs}
                      action={action}
                      toNewest={toNewest}
                    />
                  ) : (
                    <Empty
                      title={id ? "There is no such run" : "No run yet"}
                      text="Push a commit, or release a change."
                    />
                  )
                }
              </Loaded>
            ),
          },
          {
            id: "history",
            label: `History (${runs.length})`,
            content: <History pipeline={name} runs={runs} compare={id} />,
          },
          {
            id: "time",
            label: "Waterfall",
            content: run ? (
              <RunWaterfall key={run.pipelineExecutionId} pipeline={name} run={run} />
            ) : (
              <Empty title="No run yet" />
            ),
          },
          {
            id: "structure",
            label: "Structure",
            content: declaration ? <Structure declaration={declaration} /> : null,
          },
        ]}
      />
      {stopping && (
        <StopDialog
          pipeline={name}
          run={stopping}
          isStopping={run?.status === "Stopping"}
          onClose={() => setStopping(undefined)}
        />
      )}
    </SpaceBetween>
  );
};

export default PipelinePage;

interface NewerRunProps {
  readonly run: RunSummary;
  readonly newest: RunSummary | undefined;
  readonly onShow: () => void;
}

/** Who looks at one run is told when another is under way by now. */
const NewerRun = ({ run, newest, onShow }: NewerRunProps) =>
  newest && isRunning(newest.status) && newest.pipelineExecutionId !== run.pipelineExecutionId ? (
    <Alert type="info" action={<Button onClick={onShow}>Show it</Button>}>
      A newer run is under way: {messageOf(newest)}
    </Alert>
  ) : null;
