import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  DeauthorizeConnectionCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  type HttpParameters,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let cloud: TestCloud;
let events: EventBridgeClient;
let seen: Seen[];
/** What the receiver answers, one after the other; 200 when there is none. */
let answers: number[];
let origin: string;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url === "/token") {
      response.end(JSON.stringify({ access_token: `token-${seen.length}`, expires_in: 60 }));
    } else response.writeHead(answers.shift() ?? 200).end();
  });
});

beforeEach(async () => {
  seen = [];
  answers = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cloud = await testCloud();
  events = cloud.client(EventBridgeClient);
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const DEAD_LETTERS = `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:dead`;

const connect = async (input: Omit<CreateConnectionCommandInput, "Name">): Promise<string> => {
  const { ConnectionArn = "" } = await events.send(new CreateConnectionCommand({ Name: "partner", ...input }));
  await cloud.tasks.idle();
  return ConnectionArn;
};

const BASIC = {
  AuthorizationType: "BASIC" as const,
  AuthParameters: { BasicAuthParameters: { Username: "ann", Password: "pass" } },
};

const OAUTH = () => ({
  AuthorizationType: "OAUTH_CLIENT_CREDENTIALS" as const,
  AuthParameters: {
    OAuthParameters: {
      ClientParameters: { ClientID: "client", ClientSecret: "secret" },
      AuthorizationEndpoint: `${origin}/token`,
      HttpMethod: "POST" as const,
      OAuthHttpParameters: { BodyParameters: [{ Key: "grant_type", Value: "client_credentials" }] },
    },
  },
});

/** A rule that sends the shop's events to a destination, as a role that may ask it or not. */
const subscribe = async (ConnectionArn: string, path: string, more: { rate?: number; mayAsk?: boolean } = {}) => {
  const destination = { ConnectionArn, InvocationEndpoint: origin + path, HttpMethod: "POST" as const };
  const { ApiDestinationArn = "" } = await events.send(
    new CreateApiDestinationCommand({
      Name: "orders",
      ...destination,
      ...(more.rate === undefined ? {} : { InvocationRateLimitPerSecond: more.rate }),
    }),
  );
  const iam = cloud.client(IAMClient);
  const trust = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: "asks",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    }),
  );
  const may = { Effect: "Allow", Action: "events:InvokeApiDestination", Resource: ApiDestinationArn };
  if (more.mayAsk !== false) {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [may] });
    await iam.send(new PutRolePolicyCommand({ RoleName: "asks", PolicyName: "ask", PolicyDocument }));
  }
  const policy = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
  const Attributes = { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [policy] }) };
  await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "dead", Attributes }));
  await events.send(new PutRuleCommand({ Name: "orders", EventPattern: JSON.stringify({ source: ["shop"] }) }));
  return { Arn: ApiDestinationArn, RoleArn: Role?.Arn };
};

const target = (to: { Arn: string; RoleArn: string | undefined }, http?: HttpParameters) =>
  events.send(
    new PutTargetsCommand({
      Rule: "orders",
      Targets: [
        {
          Id: "one",
          ...to,
          InputPath: "$.detail",
          DeadLetterConfig: { Arn: DEAD_LETTERS },
          ...(http ? { HttpParameters: http } : {}),
        },
      ],
    }),
  );

const put = async (...orders: number[]) => {
  const entry = (order: number) => ({ Source: "shop", DetailType: "order", Detail: JSON.stringify({ order }) });
  await events.send(new PutEventsCommand({ Entries: orders.map(entry) }));
};

const asked = () => seen.filter(({ url }) => url !== "/token");

/** Lets the cloud's time pass, not faster than the receiver can answer, until it was asked so often. */
const untilAsked = (times: number) =>
  vi.waitUntil(
    () => {
      cloud.clock.advance(100);
      return asked().length >= times;
    },
    { timeout: 20_000, interval: 5 },
  );

const deadLetter = async () => {
  const QueueUrl = `http://127.0.0.1:4566/${TEST_ACCOUNT}/dead`;
  const received = await cloud
    .client(SQSClient)
    .send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
  const { Body, MessageAttributes = {} } = received.Messages?.[0] ?? {};
  return {
    Body,
    code: MessageAttributes["ERROR_CODE"]?.StringValue,
    why: MessageAttributes["ERROR_MESSAGE"]?.StringValue,
  };
};

describe("shape", () => {
  test("a connection shows nothing secret; its secret has all of it, and goes with it", async () => {
    const parameter = (IsValueSecret: boolean) => [{ Key: "k", Value: "v", IsValueSecret }];
    await connect({
      AuthorizationType: "API_KEY",
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "s3cret" },
        InvocationHttpParameters: { HeaderParameters: parameter(true), QueryStringParameters: parameter(false) },
      },
    });
    const described = await events.send(new DescribeConnectionCommand({ Name: "partner" }));
    expect(described).toMatchObject({
      AuthorizationType: "API_KEY",
      ConnectionState: "AUTHORIZED",
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: "x-key" },
        InvocationHttpParameters: {
          HeaderParameters: [{ Key: "k", IsValueSecret: true }],
          QueryStringParameters: [{ Key: "k", Value: "v", IsValueSecret: false }],
        },
      },
    });
    expect(JSON.stringify(described.AuthParameters)).not.toContain("s3cret");
    const secrets = cloud.client(SecretsManagerClient);
    const { SecretArn: SecretId = "" } = described;
    expect(SecretId).toContain(":secret:events!connection/partner/");
    const { SecretList } = await secrets.send(
      new ListSecretsCommand({ Filters: [{ Key: "owning-service", Values: ["events"] }] }),
    );
    const Tags = [{ Key: "aws:secretsmanager:owningService", Value: "events" }];
    expect(SecretList).toMatchObject([{ ARN: SecretId, OwningService: "events", Tags }]);
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    expect(JSON.parse(SecretString)).toMatchObject({ api_key_name: "x-key", api_key_value: "s3cret" });
    expect((await events.send(new ListConnectionsCommand({ NamePrefix: "par" }))).Connections).toHaveLength(1);
    expect(await events.send(new DeleteConnectionCommand({ Name: "partner" }))).toMatchObject({
      ConnectionState: "DELETING",
    });
    await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toThrow();
  });

  test("a destination is as active as its connection", async () => {
    const to = await subscribe(await connect(BASIC), "/orders");
    expect(await events.send(new DescribeApiDestinationCommand({ Name: "orders" }))).toMatchObject({
      ApiDestinationArn: to.Arn,
      ApiDestinationState: "ACTIVE",
      InvocationRateLimitPerSecond: 300,
    });
    await events.send(new DeauthorizeConnectionCommand({ Name: "partner" }));
    const { ApiDestinations } = await events.send(new ListApiDestinationsCommand({}));
    expect(ApiDestinations).toMatchObject([{ ApiDestinationState: "INACTIVE", HttpMethod: "POST" }]);
  });
});

describe("refusals", () => {
  test("a connection takes the parameters of its own type", async () => {
    await expect(connect({ ...BASIC, AuthorizationType: "API_KEY" })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("what is not there, or there already, is named", async () => {
    await connect(BASIC);
    await expect(connect(BASIC)).rejects.toThrow("Connection partner already exists.");
    await expect(events.send(new DescribeConnectionCommand({ Name: "none" }))).rejects.toThrow(
      "Failed to describe the connection(s). Connection 'none' does not exist.",
    );
    await expect(events.send(new DescribeApiDestinationCommand({ Name: "none" }))).rejects.toThrow(
      "Failed to describe the api-destination(s). An api-destination 'none' does not exist.",
    );
  });

  test("a target that is a destination needs a role", async () => {
    const { Arn } = await subscribe(await connect(BASIC), "/orders");
    await expect(target({ Arn, RoleArn: undefined })).rejects.toThrow(`RoleArn is required for target ${Arn}.`);
  });

  test("a role that may not ask sends to the dead letters", async () => {
    await target(await subscribe(await connect(BASIC), "/orders", { mayAsk: false }));
    await put(1);
    await cloud.tasks.idle();
    expect(asked()).toEqual([]);
    expect(await deadLetter()).toMatchObject({ Body: '{"order":1}', code: "AccessDeniedException" });
  });
});

describe("behaviour", () => {
  test("an event goes with the target's parameters, and over them the connection's", async () => {
    const connection = await connect({
      ...BASIC,
      AuthParameters: {
        ...BASIC.AuthParameters,
        InvocationHttpParameters: {
          HeaderParameters: [{ Key: "x-both", Value: "connection" }],
          QueryStringParameters: [{ Key: "from", Value: "connection" }],
          BodyParameters: [{ Key: "shop", Value: "eu" }],
        },
      },
    });
    const http = {
      PathParameterValues: ["a b"],
      HeaderParameters: { "x-both": "target", "x-own": "target" },
      QueryStringParameters: { page: "1" },
    };
    await target(await subscribe(connection, "/shops/*/orders"), http);
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: "orders" }));
    expect(Targets?.[0]?.HttpParameters).toEqual(http);
    await put(7);
    await cloud.tasks.idle();
    const [one] = asked();
    expect(one).toMatchObject({
      method: "POST",
      url: "/shops/a%20b/orders?page=1&from=connection",
      headers: {
        authorization: `Basic ${Buffer.from("ann:pass").toString("base64")}`,
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Amazon/EventBridge/ApiDestinations",
        "x-both": "connection",
        "x-own": "target",
      },
    });
    expect(JSON.parse(one?.body ?? "")).toEqual({ order: 7, shop: "eu" });
  });

  test("what fails for now is tried again, what is wrong is not", async () => {
    await target(await subscribe(await connect(BASIC), "/orders"));
    answers = [500];
    await put(1);
    await untilAsked(2);
    await cloud.tasks.idle();
    answers = [400];
    await put(2);
    await cloud.tasks.idle();
    expect(asked()).toHaveLength(3);
    expect(await deadLetter()).toMatchObject({ Body: '{"order":2}', why: "The API destination answered 400." });
  });

  test("an OAuth connection gets its token, shows it, and gets another when it is refused", async () => {
    await target(await subscribe(await connect(OAUTH()), "/orders"));
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      client_id: "client",
      client_secret: "secret",
      grant_type: "client_credentials",
    });
    expect(await events.send(new DescribeConnectionCommand({ Name: "partner" }))).toMatchObject({
      ConnectionState: "AUTHORIZED",
    });
    answers = [401];
    await put(1);
    await untilAsked(2);
    await cloud.tasks.idle();
    const shown = asked().map(({ headers }) => headers["authorization"]);
    expect(shown[0]).toBe("Bearer token-1");
    expect(shown).toHaveLength(2);
    expect(shown[1]).not.toBe(shown[0]);
  });

  test("a connection whose authorization fails says why, and is authorized once it is right", async () => {
    const { OAuthParameters } = OAUTH().AuthParameters;
    await connect({
      ...OAUTH(),
      AuthParameters: { OAuthParameters: { ...OAuthParameters, AuthorizationEndpoint: "https://elsewhere.example/t" } },
    });
    const state = () => events.send(new DescribeConnectionCommand({ Name: "partner" }));
    expect(await state()).toMatchObject({
      ConnectionState: "DEAUTHORIZED",
      StateReason: expect.stringContaining("elsewhere.example is not on this machine"),
    });
    await events.send(
      new UpdateConnectionCommand({
        Name: "partner",
        AuthParameters: { OAuthParameters: { AuthorizationEndpoint: `${origin}/token` } },
      }),
    );
    await cloud.tasks.idle();
    const after = await state();
    expect(after.ConnectionState).toBe("AUTHORIZED");
    expect(after.StateReason).toBeUndefined();
  });

  test("a destination is not asked more often than its rate allows", async () => {
    await target(await subscribe(await connect(BASIC), "/orders", { rate: 2 }));
    const before = cloud.clock.now();
    await put(1, 2, 3);
    await untilAsked(3);
    await cloud.tasks.idle();
    expect(cloud.clock.now() - before).toBeGreaterThanOrEqual(1000);
  });
});
