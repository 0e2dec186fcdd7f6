import { useEffect, useState } from "react";
import { cloudNow } from "../api/session.ts";

/** Milliseconds since the epoch of a time as it comes over the wire. */
export const timeOf = (time: string | number | undefined): number | undefined =>
  time === undefined ? undefined : typeof time === "number" ? time : Date.parse(time);

/** `1.2 s`, `3 min 20 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 ? ` ${seconds % 60} s` : ""}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
  const days = Math.floor(minutes / 1440);
  return days === 1 ? "1 day" : `${days} days`;
};

/** The largest unit is enough. */
const ago = (ms: number): string => {
  if (ms < 2000) return "just now";
  const [, figure, unit] = /^([\d.]+) (\w+)/.exec(duration(ms)) ?? [];
  return `${Math.floor(Number(figure))} ${unit} ago`;
};

/** Draws again as time passes. */
export const useNow = (everyMs: number | undefined): number => {
  const [now, setNow] = useState(cloudNow);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => setNow(cloudNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export const exactTime = (time: string | number | undefined): string => {
  const at = timeOf(time);
  return at === undefined ? "–" : exact.format(at);
};

const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** The day of what AWS tells to the day: midnight by the universal time. */
export const dateOf = (time: string | number | undefined): string => {
  const at = timeOf(time);
  return at === undefined ? "–" : date.format(at);
};

const clockTime = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hour12: false,
});
const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

/** When something was, to the millisecond; the day only where it is not today. */
export const Moment = ({ time }: { readonly time: number }) => (
  <time className="figures" dateTime={new Date(time).toISOString()} title={exact.format(time)}>
    {day.format(time) === day.format(cloudNow()) ? "" : `${day.format(time)} `}
    {clockTime.format(time)}
  </time>
);

const hourAndMinute = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  ...{ month: "short", day: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", hour12: false },
});

/** `11:25`, `11:25 to 11:26`; with the day where it is not today. */
export const timeRange = (from: number, to?: number): string =>
  [from, ...(to === undefined ? [] : [to])]
    .map((time) => (day.format(time) === day.format(cloudNow()) ? hourAndMinute : dayAndTime).format(time))
    .join(" to ");

/** How long ago something was; the exact time on hovering. */
export const Ago = ({ time }: { readonly time: string | number | undefined }) => {
  const now = useNow(10_000);
  const at = timeOf(time);
  if (at === undefined) return <>–</>;
  return (
    <time className="figures" dateTime={new Date(at).toISOString()} title={exact.format(at)}>
      {ago(Math.max(now, cloudNow()) - at)}
    </time>
  );
};

/** How long something took, or has been taking. */
export const Took = ({
  from,
  to,
}: {
  readonly from: string | number | undefined;
  readonly to: string | number | undefined;
}) => {
  const running = from !== undefined && to === undefined;
  useNow(running ? 200 : undefined);
  const start = timeOf(from);
  if (start === undefined) return <>–</>;
  return <span className="figures">{duration((timeOf(to) ?? cloudNow()) - start)}</span>;
};
