import { expect, test } from "vitest";
import { judge } from "./verdict.ts";

/** AWS's own table of how missing data counts: `X` breaches, `0` does not, `-` is missing. */
const periods = (row: string) =>
  row.split(" ").map((mark, index) => ({ at: index * 60_000, value: mark === "-" ? undefined : mark === "X" ? 1 : 0 }));

const stateOf = (row: string, treatMissingData: string, datapointsToAlarm: number) =>
  judge(
    { comparison: "GreaterThanThreshold", threshold: 0, evaluationPeriods: 3, datapointsToAlarm, treatMissingData },
    periods(row),
  )?.state ?? "kept";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
test.each([
  ["0 - X - X", "OK", "OK", "OK", "OK"],
  ["0 - - - -", "OK", "OK", "OK", "OK"],
  ["- - - - -", "INSUFFICIENT_DATA", "kept", "ALARM", "OK"],
  ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["- - X - -", "ALARM", "kept", "ALARM", "OK"],
])("%s of three in three", (row, missing, ignore, breaching, notBreaching) => {
  expect(["missing", "ignore", "breaching", "notBreaching"].map((treat) => stateOf(row, treat, 3))).toEqual([
    missing,
    ignore,
    breaching,
    notBreaching,
  ]);
});

test("M of N needs no more than M", () => {
  expect(stateOf("0 0 X 0 X", "missing", 2)).toBe("ALARM");
  expect(stateOf("0 0 X 0 0", "missing", 2)).toBe("OK");
  expect(stateOf("- - - X -", "missing", 2)).toBe("ALARM");
});
