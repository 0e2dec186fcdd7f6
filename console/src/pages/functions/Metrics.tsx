import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { useLoad } from "../../api/useAws.ts";
import { type Line, MetricPlot } from "../../parts/MetricPlot.tsx";
import { counted, type Measured, type MetricQuery, measure } from "../../parts/metrics.ts";
import { Loaded } from "../../parts/states.tsx";
import { duration } from "../../parts/time.tsx";

const MINUTE_MS = 60_000;
/** Spans that can be looked at, with periods that make a plot of some sixty to a hundred points. */
const SPANS = [
  { id: "1 hour", periodMs: MINUTE_MS, periods: 60 },
  { id: "6 hours", periodMs: 5 * MINUTE_MS, periods: 72 },
  { id: "1 day", periodMs: 15 * MINUTE_MS, periods: 96 },
  { id: "1 week", periodMs: 120 * MINUTE_MS, periods: 84 },
] as const;
const [SHORTEST] = SPANS;

/** Metrics are counted beside the calls, and nothing tells of them. */
const REFRESH_MS = 10_000;

/** How often a function ran, how often in vain, and how long. */
export const Metrics = ({ name }: { readonly name: string }) => {
  const [id, setId] = useState<string>(SHORTEST.id);
  const { periodMs, periods } = SPANS.find((span) => span.id === id) ?? SHORTEST;
  const query = useLoad(
    ["invocations", "metrics", name, id],
    () => measure(queriesOf(name, periodMs), periodMs, periods),
    { refreshMs: REFRESH_MS },
  );
  return (
    <Container
      header={
        <Header
          actions={
            <SegmentedControl
              label="Span of the metrics"
              selectedId={id}
              onChange={({ detail }) => setId(detail.selectedId)}
              options={SPANS.map((span) => ({ id: span.id, text: span.id }))}
            />
          }
        >
          Metrics
        </Header>
      }
    >
      <Loaded query={query} what="metrics">
        {(measured) => <Plots measured={measured} />}
      </Loaded>
    </Container>
  );
};

const Plots = ({ measured }: { readonly measured: Measured }) => (
  <div className="metrics">
    <MetricPlot
      title="Invocations"
      over={measured}
      format={String}
      lines={[countOf(measured, "invocations", "busy")]}
    />
    <MetricPlot
      title="Errors"
      over={measured}
      format={String}
      lines={[countOf(measured, "errors", "bad"), countOf(measured, "throttles", "idle")]}
    />
    <MetricPlot
      title="Duration"
      over={measured}
      format={duration}
      lines={[
        { label: "longest", tone: "idle", points: measured.points.get("longest") ?? [] },
        { label: "average", tone: "busy", points: measured.points.get("average") ?? [] },
      ]}
    />
  </div>
);

const countOf = (measured: Measured, label: string, tone: Line["tone"]): Line => {
  const points = counted(measured, label);
  return { label, tone, points, sum: String(points.reduce((sum, { value }) => sum + value, 0)) };
};

const queriesOf = (name: string, periodMs: number): readonly MetricQuery[] => {
  const query = (Id: string, MetricName: string, Stat: string): MetricQuery => ({
    Id,
    MetricStat: {
      Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions: [{ Name: "FunctionName", Value: name }] },
      Period: periodMs / 1000,
      Stat,
    },
  });
  return [
    query("invocations", "Invocations", "Sum"),
    query("errors", "Errors", "Sum"),
    query("throttles", "Throttles", "Sum"),
    query("average", "Duration", "Average"),
    query("longest", "Duration", "Maximum"),
  ];
};
