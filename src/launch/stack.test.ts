import type { Stack } from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { frontOf } from "./stack.ts";

const stack = (outputs: Readonly<Record<string, string>>): Stack => ({
  ...{ StackName: "app", CreationTime: undefined, StackStatus: "CREATE_COMPLETE" },
  Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
});
const QUEUE = "http://127.0.0.1:4566/000000000000/jobs.fifo";
const PAGE = "http://abc.execute-api.localhost:4566/prod/";

test.each([
  ["the reference's output before any other", { Url: PAGE, GetDataApi: "http://facts" }, "GetDataApi"],
  ["the first address", { Table: "facts", Url: PAGE, Docs: `${PAGE}docs` }, "Url"],
  ["no queue", { Jobs: QUEUE, Url: PAGE }, "Url"],
  ["nothing where nothing is one", { Jobs: QUEUE, Table: "facts" }, undefined],
])("the front door is %s", (_what, outputs, name) => expect(frontOf(stack(outputs))?.name).toBe(name));
