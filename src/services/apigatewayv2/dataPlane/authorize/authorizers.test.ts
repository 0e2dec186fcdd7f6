import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateAuthorizerCommand, GetRoutesCommand, UpdateRouteCommand } from "@aws-sdk/client-apigatewayv2";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../../test/harness.ts";
import { type ApiCloud, apiCloud } from "../executeApiFixture.ts";

let cloud: ApiCloud;

beforeAll(async () => {
  cloud = await apiCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const secure = async (apiId: string, settings: object) => {
  const { Items = [] } = await cloud.apis.send(new GetRoutesCommand({ ApiId: apiId }));
  await cloud.apis.send(new UpdateRouteCommand({ ApiId: apiId, RouteId: Items[0]?.RouteId, ...settings }));
};

describe("JWT authorizers", () => {
  let issuer: Server;
  let url: string;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    keys = await generateKeyPair("RS256", { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };
    issuer = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      const isDiscovery = request.url === "/.well-known/openid-configuration";
      response.end(JSON.stringify(isDiscovery ? { issuer: url, jwks_uri: `${url}/keys` } : { keys: [jwk] }));
    });
    await new Promise<void>((resolve) => issuer.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => issuer.close(resolve)));

  const token = (claims: object, { kid = "one", key = keys.privateKey, expires = "5m" } = {}) =>
    new SignJWT({ aud: "shop", iss: url, sub: "anna", ...claims })
      .setProtectedHeader({ alg: "RS256", kid })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);

  const guarded = async (settings: object = {}, Issuer = url) => {
    const id = await cloud.api(["GET /items"]);
    const { AuthorizerId } = await cloud.apis.send(
      new CreateAuthorizerCommand({
        ApiId: id,
        Name: "tokens",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Issuer, Audience: ["shop"] },
      }),
    );
    await secure(id, { AuthorizationType: "JWT", AuthorizerId, ...settings });
    return (bearer?: string) => cloud.request(id, "/items", bearer ? { headers: { authorization: bearer } } : {});
  };

  test("a good token's claims reach the function as texts", async () => {
    const get = await guarded();
    const response = await get(`Bearer ${await token({ groups: ["a", "b"], admin: true, level: 3 })}`);
    expect(response.status).toBe(200);
    expect(response.json().requestContext.authorizer).toEqual({
      jwt: {
        claims: {
          aud: "shop",
          iss: url,
          sub: "anna",
          groups: "[a b]",
          admin: "true",
          level: "3",
          iat: expect.stringMatching(/^\d+$/),
          exp: expect.stringMatching(/^\d+$/),
        },
        scopes: null,
      },
    });
  });

  test("refusals say what is wrong in www-authenticate", async () => {
    const get = await guarded();
    const stranger = await generateKeyPair("RS256");
    const said = async (bearer?: string) => {
      const { status, text, headers } = await get(bearer);
      expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
      return headers["www-authenticate"];
    };
    const invalid = (text: string) => `Bearer scope="" error="invalid_token" error_description="${text}"`;
    expect(await said()).toBe("Bearer");
    expect(await said(await token({ aud: "other" }))).toBe(invalid("the token does not have a valid audience"));
    expect(await said(await token({ iss: "http://other" }))).toBe(invalid("the token does not have a valid issuer"));
    expect(await said(await token({}, { expires: "-1m" }))).toBe(invalid("the token has expired"));
    expect(await said(await token({}, { key: stranger.privateKey }))).toBe(invalid("signature is invalid"));
    expect(await said(await token({}, { kid: "two" }))).toBe(invalid("unable to find the key of the token"));
    expect(await said("rubbish")).toBe(invalid("token contains an invalid number of segments"));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`;
    expect(await said(unsigned)).toBe(invalid("signing method is invalid"));
    const bare = (header: object, claims: object) =>
      new SignJWT({ aud: "shop", iss: url, ...claims })
        .setProtectedHeader({ alg: "RS256", ...header })
        .sign(keys.privateKey);
    const exp = Math.floor(Date.now() / 1000) + 60;
    expect(await said(await bare({}, { exp }))).toBe(invalid("unable to find the key of the token"));
    expect(await said(await bare({ kid: "one" }, {}))).toBe(invalid("the token does not have an expiration time"));
    const nbf = exp + 3600;
    expect(await said(await bare({ kid: "one" }, { exp, nbf }))).toBe(invalid("the token is not valid yet"));
    const shared = await new SignJWT({ aud: "shop", iss: url })
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .sign(new TextEncoder().encode("x".repeat(32)));
    expect(await said(shared)).toBe(invalid("signing method is invalid"));
  });

  test("client_id counts where there is no audience, and one of the route's scopes is needed", async () => {
    const get = await guarded({ AuthorizationScopes: ["read", "write"] });
    const good = await token({ aud: undefined, client_id: "shop", scope: "other write" });
    expect((await get(good)).json().requestContext.authorizer.jwt.scopes).toEqual(["read", "write"]);
    const poor = await get(await token({ scp: ["other"] }));
    expect([poor.status, poor.text]).toEqual([403, '{"message":"Forbidden"}']);
    expect(poor.headers["www-authenticate"]).toContain('error="insufficient_scope"');
  });

  test("an issuer that does not answer lets nobody through", async () => {
    const get = await guarded({}, "http://127.0.0.1:9");
    const response = await get(await token({ iss: "http://127.0.0.1:9" }));
    expect(response.status).toBe(401);
    expect(response.headers["www-authenticate"]).toContain("OIDC discovery endpoint communication error");
  });
});

describe("IAM authorization", () => {
  let visitors = 0;
  const session = async (statement: object) => {
    const iam = cloud.client(IAMClient as never) as IAMClient;
    const document = (one: object) => JSON.stringify({ Version: "2012-10-17", Statement: [one] });
    const RoleName = `visitor${++visitors}`;
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document({
          Effect: "Allow",
          Principal: { AWS: TEST_ACCOUNT },
          Action: "sts:AssumeRole",
        }),
      }),
    );
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: document(statement) }));
    const sts = cloud.client(STSClient as never) as STSClient;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/${RoleName}`, RoleSessionName: "anna" }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
  };

  const signed = async (apiId: string, credentials: Awaited<ReturnType<typeof session>>, body = '{"n":1}') => {
    const hostname = `${apiId}.execute-api.localhost`;
    const signer = new SignatureV4({ credentials, region: "us-east-1", service: "execute-api", sha256: Sha256 });
    const { headers } = await signer.sign({
      method: "POST",
      protocol: "http:",
      hostname,
      path: "/items",
      query: { a: "1" },
      headers: { host: `${hostname}:4566` },
      body: '{"n":1}',
    });
    return cloud.request(apiId, "/items?a=1", { method: "POST", headers, body });
  };

  test("who may invoke the route gets through, and the function hears who it is", async () => {
    const id = await cloud.api(["POST /items"]);
    await secure(id, { AuthorizationType: "AWS_IAM" });
    const resource = `arn:aws:execute-api:us-east-1:${TEST_ACCOUNT}:${id}/$default/POST/items`;
    const credentials = await session({ Effect: "Allow", Action: "execute-api:Invoke", Resource: resource });
    const response = await signed(id, credentials);
    expect(response.status).toBe(200);
    expect(response.json().requestContext.authorizer).toEqual({
      iam: {
        accessKey: credentials.accessKeyId,
        accountId: TEST_ACCOUNT,
        callerId: expect.stringMatching(/^AROA\w+:anna$/),
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/visitor${visitors}/anna`,
        userId: expect.stringMatching(/^AROA\w+:anna$/),
      },
    });
  });

  test("everybody else is forbidden", async () => {
    const id = await cloud.api(["POST /items"]);
    await secure(id, { AuthorizationType: "AWS_IAM" });
    const credentials = await session({
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: "arn:aws:execute-api:*:*:*/GET/*",
    });
    const unsigned = await cloud.request(id, "/items", { method: "POST" });
    const denied = await signed(id, credentials);
    const forged = await signed(id, { ...credentials, secretAccessKey: "x" });
    const altered = await signed(id, credentials, '{"n":2}');
    for (const response of [unsigned, denied, forged, altered]) {
      expect([response.status, response.text]).toEqual([403, '{"message":"Forbidden"}']);
    }
  });
});
