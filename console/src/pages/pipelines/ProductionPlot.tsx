import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { hrefs } from "../../parts/links.tsx";
import { duration } from "../../parts/time.tsx";
import { commitOf, messageOf, type RunSummary, timeToProduction, tookMs } from "./runs.ts";

const SHOWN = 60;
const WIDTH = 900;
const HEIGHT = 120;

/** How long each of the last runs took from commit to its end, the oldest first. A bar leads to its run. */
export const ProductionPlot = ({
  pipeline,
  runs,
}: {
  readonly pipeline: string;
  readonly runs: readonly RunSummary[];
}) => {
  const ended = runs.flatMap((run) => {
    const ms = tookMs(run);
    return ms === undefined || (run.status !== "Succeeded" && run.status !== "Failed") ? [] : [{ run, ms }];
  });
  const shown = ended.slice(0, SHOWN).toReversed();
  const production = timeToProduction(runs);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(({ ms }) => ms));
  const step = WIDTH / Math.max(shown.length, 12);
  return (
    <Container
      header={
        <Header
          description={
            production === undefined
              ? "No run has succeeded yet."
              : `${duration(production)} in the middle; the longest shown took ${duration(most)}.`
          }
        >
          Time to production
        </Header>
      }
    >
      <nav aria-label="Runs by the time they took">
        <svg className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          <title>Time of each run</title>
          {shown.map(({ run, ms }, index) => {
            const height = Math.max(3, (ms / most) * (HEIGHT - 4));
            const label = `${commitOf(run)} ${messageOf(run)}: ${run.status}, ${duration(ms)}`;
            return (
              <a
                key={run.pipelineExecutionId}
                href={hrefs.run(pipeline, run.pipelineExecutionId ?? "")}
                aria-label={label}
              >
                <title>{label}</title>
                <rect
                  className={run.status === "Succeeded" ? "bar bar-good" : "bar bar-bad"}
                  x={index * step + 1}
                  y={HEIGHT - height}
                  width={Math.max(2, Math.min(step - 2, 40))}
                  height={height}
                  rx="2"
                />
              </a>
            );
          })}
        </svg>
      </nav>
    </Container>
  );
};
