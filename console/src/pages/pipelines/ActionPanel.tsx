import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense } from "react";
import { hrefs, nameOf, Out, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loading } from "../../parts/states.tsx";
import { exactTime, Took } from "../../parts/time.tsx";
import { BuildLog } from "../builds/BuildLog.tsx";
import { ApprovalForm } from "./ApprovalForm.tsx";
import { Artifacts } from "./Artifacts.tsx";
import { BuildFailure } from "./BuildFailure.tsx";
import type { lineageOf } from "./lineage.ts";
import type { ActionInRun, StageInRun } from "./stages.ts";

const ChangeSetView = lazy(() => import("../stacks/ChangeSetView.tsx"));

interface Props {
  readonly pipeline: string;
  readonly action: ActionInRun;
  readonly stage: StageInRun | undefined;
  readonly lineage: ReturnType<typeof lineageOf>;
}

/** Everything about one action of one run. */
export const ActionPanel = ({ pipeline, action, stage, lineage }: Props) => {
  const { declaration, run } = action;
  const token = stage?.state?.actionStates?.find(({ actionName }) => actionName === declaration.name)?.latestExecution
    ?.token;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            run ? (
              <>
                <Status status={run.status} />{" "}
                <Took from={run.startTime} to={run.status === "InProgress" ? undefined : run.lastUpdateTime} />
              </>
            ) : (
              "It has not run in this run yet."
            )
          }
        >
          {action.stage} / {declaration.name}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Failure action={action} />
        {token && run?.status === "InProgress" && <ApprovalForm pipeline={pipeline} action={action} token={token} />}
        <Tabs ariaLabel="About the action" tabs={tabsOf({ action, lineage })} />
      </SpaceBetween>
    </Container>
  );
};

const Failure = ({ action: { run, declaration } }: { readonly action: ActionInRun }) => {
  const result = run?.output?.executionResult;
  if (run?.status !== "Failed") return null;
  const reason = result?.errorDetails?.message ?? result?.externalExecutionSummary;
  if (declaration.actionTypeId?.category === "Approval")
    return (
      <Alert type="error" header={`Rejected${run.updatedBy ? ` by ${nameOf(run.updatedBy)}` : ""}`}>
        {reason && <div className="wrap">{reason}</div>}
        What was live before is live still.
      </Alert>
    );
  return (
    <Alert type="error" header={reason ?? "The action failed"}>
      {declaration.actionTypeId?.provider === "CodeBuild" && result?.externalExecutionId ? (
        <BuildFailure id={result.externalExecutionId} />
      ) : (
        <Box color="inherit">{result?.errorDetails?.code}. What was live before is live still.</Box>
      )}
    </Alert>
  );
};

const tabsOf = ({ action, lineage }: Pick<Props, "action" | "lineage">) => {
  const { declaration, run } = action;
  const provider = declaration.actionTypeId?.provider;
  const external = run?.output?.executionResult?.externalExecutionId;
  const configuration = run?.input?.resolvedConfiguration ?? declaration.configuration ?? {};
  const stackName = configuration["StackName"];
  const changeSet = configuration["ChangeSetName"];
  return [
    ...(provider === "CodeBuild" && external
      ? [{ id: "log", label: "Build log", content: <BuildLog id={external} /> }]
      : []),
    ...(provider === "CloudFormation" && stackName && changeSet && run
      ? [
          {
            id: "changes",
            label: "Changes",
            content: (
              <Suspense fallback={<Loading what="the changes" />}>
                <ChangeSetView stack={stackName} changeSet={changeSetOf(action) ?? changeSet} />
              </Suspense>
            ),
          },
        ]
      : []),
    { id: "details", label: "Details", content: <Details action={action} /> },
    { id: "configuration", label: "Configuration", content: <Configuration action={action} /> },
    { id: "artifacts", label: "Artifacts", content: <Artifacts run={action.run} lineage={lineage} /> },
  ];
};

/** An action names the change set it made or executed; by its ARN it is found even when another has its name by now. */
const changeSetOf = ({ run }: ActionInRun): string | undefined =>
  [run?.output?.outputVariables?.["ChangeSetName"], run?.output?.executionResult?.externalExecutionId].find((text) =>
    text?.includes(":changeSet/"),
  );

const Details = ({ action: { declaration, run } }: { readonly action: ActionInRun }) => {
  const result = run?.output?.executionResult;
  const variables = Object.entries(run?.output?.outputVariables ?? {});
  const { provider, category, owner } = declaration.actionTypeId ?? {};
  const stackName = run?.input?.resolvedConfiguration?.["StackName"];
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Provider", value: `${provider} (${category}, ${owner})` },
          { label: "Started", value: exactTime(run?.startTime) },
          { label: "Summary", value: result?.externalExecutionSummary || "–" },
          {
            label: "Ran as",
            value: run?.input?.roleArn ? (
              <To href={hrefs.role(nameOf(run.input.roleArn))}>{nameOf(run.input.roleArn)}</To>
            ) : (
              "the pipeline's role"
            ),
          },
          { label: "Execution", value: <External provider={provider} id={result?.externalExecutionId} /> },
          ...(stackName ? [{ label: "Stack", value: <To href={hrefs.stack(stackName)}>{stackName}</To> }] : []),
          ...(run?.updatedBy ? [{ label: "Answered by", value: run.updatedBy }] : []),
        ]}
      />
      {variables.length > 0 && (
        <KeyValuePairs
          columns={3}
          items={variables.map(([label, value]) => ({
            label,
            value: /^https?:/.test(value) ? <Out href={value} /> : <span className="wrap">{value}</span>,
          }))}
        />
      )}
    </SpaceBetween>
  );
};

const External = ({ provider, id }: { readonly provider: string | undefined; readonly id: string | undefined }) => {
  if (!id) return <>–</>;
  return provider === "CodeBuild" ? <To href={hrefs.build(id)}>{id}</To> : <span className="mono wrap">{id}</span>;
};

const Configuration = ({ action: { declaration, run } }: { readonly action: ActionInRun }) => {
  const raw = Object.entries(declaration.configuration ?? {});
  const resolved = run?.input?.resolvedConfiguration ?? {};
  if (raw.length === 0) return <Empty title="No configuration" />;
  return (
    <dl className="pairs">
      {raw.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <pre className="pre">{pretty(resolved[name] ?? value)}</pre>
            {resolved[name] !== undefined && resolved[name] !== value && (
              <Box fontSize="body-s" color="text-body-secondary">
                declared as <code>{value}</code>
              </Box>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
};

const pretty = (value: string): string => {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    // Braces alone make no JSON.
    return value;
  }
};
