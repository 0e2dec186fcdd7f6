import { CreatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { expect, it } from "vitest";
import { answerApproval, approvalsThatWait } from "../../src/launch/approvals.ts";
import { clientsFor } from "../../src/launch/target.ts";
import {
  approvalOf,
  declared,
  pipelineCloud,
  stagesOf,
  tokenOf,
} from "../../src/services/codepipeline/testPipeline.ts";

it("tells what waits for a person, without what it takes to answer, until it is answered", async () => {
  const { client } = await pipelineCloud();
  const clients = { ...clientsFor({ region: "us-east-1" }), codepipeline: client };
  expect(await approvalsThatWait(clients)).toEqual([]);
  const ask = approvalOf("Ask", { configuration: { CustomData: "Is it good?" } });
  await client.send(new CreatePipelineCommand(declared(stagesOf([ask]))));
  await tokenOf(client, "Ask");
  const [waiting, ...others] = await approvalsThatWait(clients);
  expect(others).toEqual([]);
  expect(waiting).toEqual({
    ...{ pipeline: "app", stage: "Stage1", action: "Ask" },
    ...{ run: expect.stringMatching(/^[0-9a-f-]{36}$/), question: expect.any(String) },
  });
  expect(await answerApproval(clients, {}, { status: "Rejected", summary: "no" })).toEqual(waiting);
  expect(await approvalsThatWait(clients)).toEqual([]);
});
