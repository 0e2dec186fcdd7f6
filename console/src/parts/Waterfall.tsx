import type { ReactNode } from "react";
import { statusType } from "./Status.tsx";
import { duration } from "./time.tsx";

export interface Stretch {
  readonly id: string;
  readonly label: ReactNode;
  readonly status: string;
  readonly from: number;
  readonly to: number;
  /** How deep it lies in what it belongs to. */
  readonly depth?: number;
  readonly title: string;
}

/** Stretches of time below each other, in the order in which they began. */
export const Waterfall = ({ stretches, label }: { readonly stretches: readonly Stretch[]; readonly label: string }) => {
  const from = Math.min(...stretches.map((stretch) => stretch.from));
  const total = Math.max(1, Math.max(...stretches.map((stretch) => stretch.to)) - from);
  return (
    <ol className="timeline" aria-label={label}>
      {stretches.map((stretch) => (
        <li key={stretch.id}>
          <span className="timeline-name" style={{ paddingInlineStart: (stretch.depth ?? 0) * 16 }}>
            {stretch.label} <span className="quiet figures">{duration(stretch.to - stretch.from)}</span>
          </span>
          <span className="timeline-track">
            <span
              className={`timeline-bar timeline-${statusType(stretch.status)}`}
              style={{
                left: `${((stretch.from - from) / total) * 100}%`,
                width: `${((stretch.to - stretch.from) / total) * 100}%`,
              }}
              title={stretch.title}
            >
              <span className="sr-only">{stretch.title}</span>
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
};
