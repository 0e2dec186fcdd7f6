import { expect, test } from "vitest";
import { testClock } from "./clock.ts";
import { createMeter } from "./meter.ts";
import { createMetrics } from "./metrics.ts";

const place = { account: "123456789012", region: "us-east-1" };

test("a thing's metrics are counted under each of its sets of dimensions", () => {
  const metrics = createMetrics(testClock(), () => {});
  const meter = createMeter(
    { metrics, ...place },
    {
      namespace: "App",
      units: { Calls: "Count" },
      dimensions: (thing) => [[], [{ name: "Thing", value: thing }]],
    },
  );
  meter("Calls", "a");
  meter("Calls", "a", 5);
  const sums = metrics.drain(place.account, place.region);
  expect(sums.map(({ series }) => series.dimensions)).toEqual([[], [{ name: "Thing", value: "a" }]]);
  expect(sums.map(({ values }) => [...values])).toEqual([
    [
      [1, 1],
      [5, 1],
    ],
    [
      [1, 1],
      [5, 1],
    ],
  ]);
});

test("what is not counted as it happens is looked at when somebody asks, and by the last who said how", () => {
  const metrics = createMetrics(testClock(), () => {});
  const meter = createMeter(
    { metrics, ...place },
    { namespace: "App", units: { Length: "Count" }, dimensions: () => [[]] },
  );
  metrics.gauge(place.account, place.region, "app", () => meter("Length", "", 1));
  metrics.gauge(place.account, place.region, "app", () => meter("Length", "", 7));
  expect(metrics.drain(place.account, place.region).map(({ values }) => [...values.keys()])).toEqual([[7]]);
  expect(metrics.drain(place.account, "eu-west-1")).toEqual([]);
});

test("a look brings no further look about", () => {
  const clock = testClock();
  let told = 0;
  const metrics = createMetrics(clock, () => {
    told += 1;
  });
  const meter = createMeter(
    { metrics, ...place },
    { namespace: "App", units: { Length: "Count" }, dimensions: () => [[]] },
  );
  metrics.gauge(place.account, place.region, "app", () => meter("Length", "", 1));
  meter("Length", "", 5);
  clock.advance(60_000);
  metrics.drain(place.account, place.region);
  clock.advance(60_000);
  expect(metrics.drain(place.account, place.region)).toHaveLength(1);
  expect(told).toBe(0);
});
