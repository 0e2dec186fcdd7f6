import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

const HOST = "token.example.com";
const ISSUER = `https://${HOST}`;
const AUDIENCE = "sts.amazonaws.com";
const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/ci`;
const PROVIDER = `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/${HOST}`;

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let cloud: TestCloud;

beforeAll(async () => {
  keys = await generateKeyPair("RS256");
});

/** The provider, whom the cloud asks over the network. */
const answerAsProvider = async (): Promise<void> => {
  const documents: Readonly<Record<string, unknown>> = {
    [`${ISSUER}/.well-known/openid-configuration`]: { jwks_uri: `${ISSUER}/keys` },
    [`${ISSUER}/keys`]: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256" }] },
  };
  vi.stubGlobal("fetch", async (url: string | URL) => Response.json(documents[String(url)]));
};

beforeEach(async () => {
  await answerAsProvider();
  cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: ISSUER, ClientIDList: [AUDIENCE] }));
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
        Condition: {
          StringEquals: { [`${HOST}:aud`]: AUDIENCE },
          StringLike: { [`${HOST}:sub`]: "repo:us/app:*" },
        },
      },
    ],
  };
  await iam.send(new CreateRoleCommand({ RoleName: "ci", AssumeRolePolicyDocument: JSON.stringify(trust) }));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await cloud[Symbol.asyncDispose]();
});

const token = (claims: JWTPayload = {}, { kid = "one", expires = "5m" } = {}) =>
  new SignJWT({ sub: "repo:us/app:main", aud: AUDIENCE, ...claims })
    .setProtectedHeader({ alg: "RS256", kid })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(keys.privateKey);

const assume = (WebIdentityToken: string, more: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
  cloud
    .client(STSClient)
    .send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "run", WebIdentityToken, ...more }));

test("whom a provider vouches for gets the role's credentials, without a signature", async () => {
  const given = await assume(await token());
  expect(given).toMatchObject({
    SubjectFromWebIdentityToken: "repo:us/app:main",
    Audience: AUDIENCE,
    Provider: PROVIDER,
    AssumedRoleUser: { Arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/ci/run` },
  });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = given.Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const who = await cloud.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(`arn:aws:sts::${TEST_ACCOUNT}:assumed-role/ci/run`);
});

test("a source identity of the token needs a permission of its own, and its tags have theirs", async () => {
  const tags = { principal_tags: { team: ["web"] }, transitive_tag_keys: ["team"] };
  await expect(assume(await token({ "https://aws.amazon.com/tags": tags }))).resolves.toBeDefined();
  await expect(assume(await token({ "https://aws.amazon.com/source_identity": "ada" }))).rejects.toMatchObject({
    name: "AccessDenied",
    message: "Not authorized to perform sts:SetSourceIdentity",
  });
});

test("the trust policy's conditions bind who comes", async () => {
  await expect(assume(await token({ sub: "repo:others/app:main" }))).rejects.toMatchObject({
    name: "AccessDenied",
    message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
  });
  await expect(assume(await token(), { RoleArn: `${RoleArn}2` })).rejects.toMatchObject({ name: "AccessDenied" });
});

test("tokens for others, of others, too old, and no tokens at all are refused", async () => {
  const invalid = (message: string) => ({ name: "InvalidIdentityTokenException", message });
  await expect(assume(await token({ aud: "others" }))).rejects.toMatchObject(invalid("Incorrect token audience"));
  await expect(assume("no token of anybody")).rejects.toMatchObject(
    invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"),
  );
  await expect(assume(await token({}, { expires: "-5m" }))).rejects.toMatchObject({
    name: "ExpiredTokenException",
    message: expect.stringMatching(/^Token expired: current date\/time \d+ must be before the expiration/),
  });
  await expect(assume(await token({}, { kid: "two" }))).rejects.toMatchObject({
    name: "InvalidIdentityTokenException",
    message: expect.stringContaining("Couldn't retrieve verification key"),
  });
  const others = await new SignJWT({ sub: "x", aud: AUDIENCE })
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer("https://other.example.com")
    .sign(keys.privateKey);
  await expect(assume(others)).rejects.toMatchObject(
    invalid("No OpenIDConnect provider found in your account for https://other.example.com"),
  );
});

test("a token that another key signed is refused", async () => {
  const { privateKey } = await generateKeyPair("RS256");
  const forged = await new SignJWT({ sub: "repo:us/app:main", aud: AUDIENCE })
    .setProtectedHeader({ alg: "RS256", kid: "one" })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(privateKey);
  await expect(assume(forged)).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
});
