import { describe, expect, test } from "vitest";
import { errorsAlarm } from "../../../../test/errorsAlarm.ts";
import { type Setup, settled, setUp } from "../testDeployments.ts";

const CANARY = "CodeDeployDefault.LambdaCanary10Percent5Minutes";
const ALLOWED = ["lambda:*", "cloudwatch:DescribeAlarms"];

const setUpAlarm = async (setup: Setup = {}) => {
  const room = await setUp({
    allowed: ALLOWED,
    ...setup,
    group: {
      deploymentConfigName: CANARY,
      alarmConfiguration: { enabled: true, alarms: [{ name: "errors" }] },
      autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_STOP_ON_ALARM"] },
      ...setup.group,
    },
  });
  return { ...room, set: await errorsAlarm(room.cloud) };
};

describe("an alarm", () => {
  test("in the middle of a canary stops the deployment and takes the traffic back", async () => {
    await using room = await setUpAlarm();
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    await room.set("ALARM");
    room.cloud.clock.advance(10_000);
    await settled(() => room.shifts.length === 2);
    expect(room.shifts).toEqual(["1+2@0.1", "1"]);
    expect(await room.info(id)).toMatchObject({
      status: "Stopped",
      errorInformation: { code: "ALARM_ACTIVE", message: expect.stringContaining("<errors>") },
    });
  });

  test("that is on already lets nothing begin", async () => {
    await using room = await setUpAlarm();
    await room.set("ALARM");
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    expect(await room.info(id)).toMatchObject({ status: "Stopped", errorInformation: { code: "ALARM_ACTIVE" } });
  });

  test("of a disabled configuration, or one a deployment overrides, is not asked for", async () => {
    await using room = await setUpAlarm({ group: { deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce" } });
    await room.set("ALARM");
    const states: unknown[] = [];
    room.cloud.events.subscribe(({ source, detail }) => source === "aws.codedeploy" && states.push(detail["state"]));
    await room.deploy([], { overrideAlarmConfiguration: { enabled: false, alarms: [{ name: "errors" }] } });
    await settled(() => states.length === 2);
    expect([states, room.shifts]).toEqual([["START", "SUCCESS"], ["2"]]);
  });
});

describe("a role that may not ask for alarms", () => {
  test.each([
    [true, "Succeeded", undefined],
    [false, "Failed", "IAM_ROLE_PERMISSIONS"],
  ])("with ignorePollAlarmFailure %s", async (ignorePollAlarmFailure, status, code) => {
    await using room = await setUp({
      group: { alarmConfiguration: { enabled: true, ignorePollAlarmFailure, alarms: [{ name: "errors" }] } },
    });
    const id = await room.deploy();
    await room.cloud.tasks.idle();
    const info = await room.info(id);
    expect([info?.status, info?.errorInformation?.code]).toEqual([status, code]);
  });
});
