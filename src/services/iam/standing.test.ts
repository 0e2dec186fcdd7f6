import { expect, test } from "vitest";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import { CallContext } from "../../kernel/callContext.ts";
import { type Principal, rootOf, serviceFor } from "../../kernel/principal.ts";
import { keepStanding, stands } from "./standing.ts";

const gateway = serviceFor(
  "123456789012",
  "apigateway.amazonaws.com",
  "arn:aws:execute-api:us-east-1:123456789012:a/b",
);

const contextOf = (principal: Principal, sourceIp?: string) =>
  new CallContext(
    { principal, region: "us-east-1", requestId: "r", signal: new AbortController().signal, sourceIp },
    "lambda",
    {
      ids: { uuid: () => "r" } as never,
      clock: { now: () => 0 } as never,
      authorizer: { authorize: () => {} },
      run: async () => undefined,
    },
  );

const requestWith = (Condition: object): AuthorizationRequest => ({
  action: "lambda:InvokeFunction",
  resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  resourcePolicy: { Statement: [{ Effect: "Allow", Condition: { ...Condition } }] },
});

test("what a service was allowed stands for this very request and this very service", () => {
  const request = requestWith({});
  expect(stands(contextOf(gateway), [request])).toBe(false);
  keepStanding(contextOf(gateway), request);
  expect(stands(contextOf(gateway), [request])).toBe(true);
  expect(stands(contextOf(gateway), [request, requestWith({})])).toBe(false);
  expect(stands(contextOf(serviceFor("123456789012", "sns.amazonaws.com", "arn:x")), [request])).toBe(false);
});

test("a policy that asks for the time is asked each time", () => {
  const request = requestWith({ DateLessThan: { "AWS:CurrentTime": "2030-01-01T00:00:00Z" } });
  keepStanding(contextOf(gateway), request);
  expect(stands(contextOf(gateway), [request])).toBe(false);
});

test("only services that act for themselves are remembered", () => {
  const request = requestWith({});
  keepStanding(contextOf(rootOf("123456789012")), request);
  keepStanding(contextOf(gateway, "10.0.0.1"), request);
  expect(stands(contextOf(gateway), [request])).toBe(false);
  expect(stands(contextOf(rootOf("123456789012")), [request])).toBe(false);
});
