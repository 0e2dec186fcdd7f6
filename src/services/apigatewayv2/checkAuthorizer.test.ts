import { expect, test } from "vitest";
import { checkAuthorizer } from "./checkAuthorizer.ts";

const refused = (more: object, message: string, overSockets = false) =>
  expect(() => checkAuthorizer({ authorizerId: "a", name: "a", ...more }, overSockets)).toThrow(message);

test("token authorizers need an issuer and one place to find tokens at", () => {
  const jwt = { authorizerType: "JWT" as const, identitySource: ["$request.header.Authorization"] };
  refused(jwt, "JwtConfiguration is a required parameter for JWT authorizer");
  refused({ ...jwt, jwtConfiguration: { Issuer: "issuer" } }, "Invalid issuer: issuer");
  const jwtConfiguration = { Issuer: "https://issuer.example.com" };
  refused({ ...jwt, jwtConfiguration, identitySource: [] }, "exactly one identity source");
  refused({ ...jwt, jwtConfiguration }, "not supported for WEBSOCKET", true);
});

test("function authorizers need a function and, but for WebSocket APIs, a format", () => {
  const request = { authorizerType: "REQUEST" as const };
  refused(request, "AuthorizerUri is a required parameter for REQUEST authorizer");
  const named = { ...request, authorizerUri: "arn" };
  refused(named, "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
  refused({ ...named, authorizerPayloadFormatVersion: "3.0" }, "supported values are 1.0 and 2.0");
  const simple = { ...named, authorizerPayloadFormatVersion: "1.0", enableSimpleResponses: true };
  refused(simple, "Simple responses are only supported");
  checkAuthorizer({ authorizerId: "a", name: "a", ...named }, true);
});
