import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import { metricsOf } from "../../../test/metricsOf.ts";

test("what comes into a group is counted", async () => {
  await using cloud = await testCloud();
  const logs = cloud.client(CloudWatchLogsClient);
  const place = { logGroupName: "/app", logStreamName: "one" };
  await logs.send(new CreateLogGroupCommand(place));
  await logs.send(new CreateLogStreamCommand(place));
  const timestamp = cloud.clock.now();
  const logEvents = ["hello", "again"].map((message) => ({ timestamp, message }));
  await logs.send(new PutLogEventsCommand({ ...place, logEvents }));
  expect(await metricsOf(cloud, "AWS/Logs", "LogGroupName", "/app")).toEqual({
    IncomingLogEvents: 2,
    IncomingBytes: 62,
  });
});
