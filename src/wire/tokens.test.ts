import * as model from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import type { AnyService } from "../kernel/rooms.ts";
import { withTokens } from "./tokens.ts";

const secretsmanager = { name: "secretsmanager", model } as unknown as AnyService;

test("a call gets the token that an SDK would give it, unless it brings its own", () => {
  const given = { Name: "a" };
  expect(withTokens(secretsmanager, "CreateSecret", given, "t")).toEqual({ Name: "a", ClientRequestToken: "t" });
  const own = { Name: "a", ClientRequestToken: "mine" };
  expect(withTokens(secretsmanager, "CreateSecret", own, "t")).toEqual(own);
  const none = { Name: "a", ClientRequestToken: undefined };
  expect(withTokens(secretsmanager, "CreateSecret", none, "t")).toEqual({ Name: "a", ClientRequestToken: "t" });
});

test("where no token has a place, the input stays as it is", () => {
  const given = { SecretId: "a" };
  expect(withTokens(secretsmanager, "GetSecretValue", given, "t")).toBe(given);
  expect(withTokens(secretsmanager, "NoSuchOperation", given, "t")).toBe(given);
});
