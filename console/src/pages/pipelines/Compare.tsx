import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { duration, timeOf } from "../../parts/time.tsx";
import { type ActionRun, actionsOf, commitOf, messageOf, type RunSummary } from "./runs.ts";

interface Props {
  readonly pipeline: string;
  readonly before: RunSummary;
  readonly after: RunSummary;
}

/** Two runs beside each other, action by action: what took longer, what came out otherwise. */
export const Compare = ({ pipeline, before, after }: Props) => {
  const ids = [before, after].map(({ pipelineExecutionId = "" }) => pipelineExecutionId);
  const query = useLoad(["codepipeline", "compare", ...ids], () =>
    Promise.all(ids.map((id) => actionsOf(pipeline, id))),
  );
  return (
    <Container header={<Header>Two runs compared</Header>}>
      <Loaded query={query} what="both runs">
        {([left = [], right = []]) => (
          <div className="scroll-x">
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">Action</th>
                  {[before, after].map((run) => (
                    <th scope="col" key={run.pipelineExecutionId}>
                      <To href={hrefs.run(pipeline, run.pipelineExecutionId ?? "")}>
                        {run.pipelineExecutionId?.slice(0, 8)}
                      </To>{" "}
                      <span className="mono">{commitOf(run)}</span> {messageOf(run)}
                    </th>
                  ))}
                  <th scope="col">Difference</th>
                </tr>
              </thead>
              <tbody>
                {namesOf([...left, ...right]).map((name) => {
                  const [a, b] = [find(left, name), find(right, name)];
                  return (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      <Cell run={a} />
                      <Cell run={b} />
                      <td className="figures">{a && b ? signed(took(b) - took(a)) : "–"}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Container>
  );
};

const nameOfRun = ({ stageName, actionName }: ActionRun): string => `${stageName} / ${actionName}`;
const namesOf = (runs: readonly ActionRun[]): readonly string[] => [
  ...new Set(runs.toSorted((a, b) => (a.startTime ?? "").localeCompare(b.startTime ?? "")).map(nameOfRun)),
];
const find = (runs: readonly ActionRun[], name: string) => runs.find((run) => nameOfRun(run) === name);
const took = ({ startTime, lastUpdateTime }: ActionRun): number =>
  (timeOf(lastUpdateTime) ?? 0) - (timeOf(startTime) ?? 0);
const signed = (ms: number): string => `${ms < 0 ? "−" : "+"}${duration(Math.abs(ms))}`;

const Cell = ({ run }: { readonly run: ActionRun | undefined }) => (
  <td>
    {run ? (
      <>
        <Status status={run.status} /> <span className="figures">{duration(took(run))}</span>
        <div className="quiet">{run.output?.executionResult?.errorDetails?.message}</div>
      </>
    ) : (
      "did not run"
    )}
  </td>
);
