import * as lambdaModel from "@aws-sdk/client-lambda";
import { AwsError } from "../src/kernel/errors.ts";
import { defineService } from "../src/kernel/rooms.ts";

/** The one function that is there. */
export const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** A Lambda in which one function is there, and which notes what it is called with. */
export const lambdaFake = () => {
  const calls: { principal: unknown; payload: unknown }[] = [];
  const service = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke: () => async (ctx, input) => {
        if (input.FunctionName !== FUNCTION) throw new AwsError("ResourceNotFoundException", "none", 404);
        if (input.InvocationType === "DryRun") return { StatusCode: 204 };
        calls.push({ principal: ctx.principal, payload: JSON.parse(String(input.Payload)) });
        return { StatusCode: 202 };
      },
    },
    iam: { Invoke: () => [] },
  });
  return { calls, loaders: { lambda: async () => service } };
};
