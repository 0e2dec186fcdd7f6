import { spawn } from "node:child_process";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { LambdaClient, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from "@aws-sdk/client-lambda";
import { HANDLER, type Place, startBareHandler } from "./bareHandler.ts";
import { startCloudChild } from "./cloudChild.ts";
import { median, ms, report, timed, times } from "./figures.ts";
import { rate } from "./load.ts";

/** A request through an HTTP API and a function, beside the same handler in a bare node:http server; and cold starts. */
const SECONDS = 4;
const COLD_STARTS = 9;
const TEMPLATE = JSON.stringify({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Api: { Type: "AWS::Serverless::HttpApi" },
    Hello: {
      Type: "AWS::Serverless::Function",
      Properties: {
        FunctionName: "bench",
        InlineCode: HANDLER,
        Handler: "index.handler",
        Runtime: "nodejs22.x",
        Events: { Get: { Type: "HttpApi", Properties: { ApiId: { Ref: "Api" }, Method: "GET", Path: "/hello" } } },
      },
    },
  },
  Outputs: { Url: { Value: { "Fn::Sub": "${Api.ApiEndpoint}/hello" } } },
});

const get = ({ url, headers }: Place) =>
  timed(
    () =>
      new Promise<void>((resolve, reject) => {
        httpRequest(url, { headers: { ...headers, connection: "close" } }, (response) => {
          response.resume();
          response.once("end", () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
          );
        })
          .once("error", reject)
          .end();
      }),
  );

await using cloud = await startCloudChild();
const cloudformation = new CloudFormationClient(cloud.config);
await cloudformation.send(
  new CreateStackCommand({
    StackName: "bench",
    TemplateBody: TEMPLATE,
    Capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
  }),
);
await waitUntilStackCreateComplete({ client: cloudformation, maxWaitTime: 30, minDelay: 1 }, { StackName: "bench" });
const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: "bench" }));
const address = new URL(Stacks?.[0]?.Outputs?.[0]?.OutputValue ?? "");
const ours: Place = { url: `${cloud.endpoint}${address.pathname}`, headers: { host: address.host } };

const { child, place: bare } = await startBareHandler();

await get(ours);
for (const connections of [1, 32]) {
  const base = await rate({ ...bare, connections }, SECONDS);
  const through = await rate({ ...ours, connections }, SECONDS);
  const added = connections === 1 ? `, ${ms(1000 / through - 1000 / base)} added` : "";
  report(
    `warm HTTP API request, ${connections} connection${connections === 1 ? "" : "s"}`,
    `${Math.round(through)}/s, ${times(through / base)} of the bare handler (${Math.round(base)}/s)${added}`,
    connections === 1 ? "<= 1 ms added" : ">= 0.2x",
  );
}

const lambda = new LambdaClient(cloud.config);
const cold: number[] = [];
const node: number[] = [];
for (let run = 0; run < COLD_STARTS; run++) {
  const Environment = { Variables: { RUN: String(run) } };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "bench", Environment }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 10, minDelay: 1 }, { FunctionName: "bench" });
  node.push(await timed(() => once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit")));
  cold.push(await get(ours));
}
report(
  "cold start",
  `${ms(median(cold))}, ${times(median(cold) / median(node))} of node -e 0 (${ms(median(node))})`,
  "<= 2x",
);
child.kill();
