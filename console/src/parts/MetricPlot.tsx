import type { Measured, Point } from "./metrics.ts";
import { timeRange } from "./time.tsx";

export interface Line {
  readonly label: string;
  readonly tone: "good" | "bad" | "busy" | "idle";
  readonly points: readonly Point[];
  /** What they come to, where that is worth telling. */
  readonly sum?: string | undefined;
}

interface Props {
  readonly title: string;
  readonly over: Pick<Measured, "from" | "to" | "periodMs">;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** A value that is not to be crossed. */
  readonly threshold?: number | undefined;
}

const WIDTH = 600;
const HEIGHT = 100;

/** Metrics over a time. A line breaks where nothing was measured; each point tells its value. */
export const MetricPlot = ({ title, over: { from, to, periodMs }, lines, format, threshold }: Props) => {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const most = Math.max(...values, threshold ?? 0, 0) || 1;
  const least = Math.min(...values, threshold ?? 0, 0);
  const x = (time: number) => ((time + periodMs / 2 - from) / (to - from)) * WIDTH;
  const y = (value: number) => HEIGHT - ((value - least) / (most - least)) * HEIGHT;
  return (
    <figure className="metric">
      <figcaption>
        <b>{title}</b>
        {lines.map(({ label, tone, sum }) => (
          <span key={label} className={`metric-legend metric-${tone}`}>
            {label}
            {sum !== undefined && `: ${sum}`}
          </span>
        ))}
      </figcaption>
      <div className="metric-most figures">{format(most)}</div>
      <svg className="metric-sheet" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>{`${title}, ${timeRange(from, to)}: at most ${format(Math.max(...values, 0))}`}</title>
        {lines.map(({ label, tone, points }) => (
          <g key={label} className={`metric-${tone}`}>
            {stretchesOf(points, periodMs).map((stretch) => (
              <polyline
                key={stretch[0]?.time}
                points={stretch.map(({ time, value }) => `${x(time)},${y(value)}`).join(" ")}
              />
            ))}
            {points.map(({ time, value }) => (
              <path key={time} className="metric-dot" d={`M${x(time)},${y(value)}h0`}>
                <title>{`${label}: ${format(value)}, ${timeRange(time, time + periodMs)}`}</title>
              </path>
            ))}
          </g>
        ))}
        {threshold !== undefined && (
          <line className="metric-threshold" x1="0" x2={WIDTH} y1={y(threshold)} y2={y(threshold)}>
            <title>{`Threshold: ${format(threshold)}`}</title>
          </line>
        )}
      </svg>
      <div className="metric-times figures">
        <span>{timeRange(from)}</span>
        <span>{timeRange(to)}</span>
      </div>
    </figure>
  );
};

/** Points of periods that follow each other. */
const stretchesOf = (points: readonly Point[], periodMs: number): readonly (readonly Point[])[] => {
  const stretches: Point[][] = [];
  for (const point of points) {
    const stretch = stretches.at(-1);
    if (stretch && point.time - (stretch.at(-1)?.time ?? 0) <= periodMs) stretch.push(point);
    else stretches.push([point]);
  }
  return stretches;
};
