import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { TEST_ROLE } from "../../lambda/testLambda.ts";
import { type RestCloud, restCloud, uri } from "./executeRestFixture.ts";

let cloud: RestCloud;

beforeAll(async () => {
  cloud = await restCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const method = (integration: object, more: object = {}) => ({
  ...more,
  responses: { "200": { description: "" }, "400": { description: "" }, "418": { description: "" } },
  "x-amazon-apigateway-integration": { passthroughBehavior: "when_no_match", ...integration },
});

describe("functions behind templates", () => {
  const CODE = `export const handler = async (event) => {
    if (event.fail) throw new Error("[BadRequest] " + event.fail);
    return { got: event };
  }`;

  test("the template makes the event, another the response, and errors choose theirs by pattern", async () => {
    const integration = {
      type: "aws",
      httpMethod: "POST",
      uri,
      requestTemplates: {
        "application/json": `{"id": "$input.params('id')", "name": $input.json('$.name')#if($input.path('$.fail') != ""), "fail": $input.json('$.fail')#end}`,
      },
      responses: {
        default: {
          statusCode: "200",
          responseTemplates: { "application/json": `{"echo": $input.json('$.got.name')}` },
          responseParameters: { "method.response.header.X-Id": "integration.response.body.got.id" },
        },
        "\\[BadRequest\\].*": {
          statusCode: "400",
          responseTemplates: {
            "application/json": `#set($context.responseOverride.header.X-Why = "because"){"error": $input.json('$.errorMessage')}`,
          },
        },
      },
    };
    const { restApiId: id } = await cloud.api({ "/things/{id}": { post: method(integration) } }, {}, { code: CODE });
    const json = { "content-type": "application/json" };
    const good = await cloud.request(id, "/prod/things/7", { method: "POST", headers: json, body: '{"name":"n"}' });
    expect([good.status, good.text, good.headers["x-id"]]).toEqual([200, '{"echo": "n"}', "7"]);
    const bad = await cloud.request(id, "/prod/things/7", {
      method: "POST",
      headers: json,
      body: '{"name":"n","fail":"no"}',
    });
    expect([bad.status, bad.text, bad.headers["x-why"]]).toEqual([400, '{"error": "[BadRequest] no"}', "because"]);
  });

  test("a content type without a template passes only where it may", async () => {
    const integration = (passthroughBehavior: string) => ({
      type: "aws",
      httpMethod: "POST",
      uri,
      passthroughBehavior,
      requestTemplates: { "application/json": "{}" },
      responses: { default: { statusCode: "200" } },
    });
    const { restApiId: id } = await cloud.api(
      {
        "/open": { post: method(integration("when_no_match")) },
        "/closed": { post: method(integration("never")) },
      },
      {},
      { code: CODE },
    );
    const asked = { method: "POST", headers: { "content-type": "text/plain" }, body: '"x"' };
    expect((await cloud.request(id, "/prod/open", asked)).json()).toEqual({ got: "x" });
    const closed = await cloud.request(id, "/prod/closed", asked);
    expect([closed.status, closed.text]).toEqual([415, '{"message":"Unsupported Media Type"}']);
  });

  test("an event is sent without waiting", async () => {
    const integration = {
      type: "aws",
      httpMethod: "POST",
      uri,
      requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" },
      responses: { default: { statusCode: "200", responseTemplates: { "application/json": '{"queued": true}' } } },
    };
    const { restApiId: id } = await cloud.api({ "/": { post: method(integration) } }, {}, { code: CODE });
    const { text } = await cloud.request(id, "/prod/", { method: "POST", body: "{}" });
    expect(text).toBe('{"queued": true}');
    await cloud.tasks.idle();
  });
});

describe("mocks", () => {
  test("do not know an unsigned caller, and say so by nothing", async () => {
    const template = '{"caller": "$context.identity.caller", "key": "$context.identity.accessKey"}';
    const integration = {
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      responses: { default: { statusCode: "200", responseTemplates: { "application/json": template } } },
    };
    const { restApiId: id } = await cloud.api({ "/": { get: method(integration) } });
    expect((await cloud.request(id, "/prod/")).json()).toEqual({ caller: "", key: "" });
  });

  test("answer by their templates", async () => {
    const integration = {
      type: "mock",
      requestTemplates: {
        "application/json": `{"statusCode": #if($input.params('tea') == "yes")418#{else}200#end}`,
      },
      responses: {
        default: {
          statusCode: "200",
          responseTemplates: {
            "application/json": `{"path": "$context.resourcePath", "color": "$stageVariables.color"}`,
          },
        },
        "418": { statusCode: "418", responseTemplates: { "application/json": `{"id": "$context.requestId"}` } },
      },
    };
    const { restApiId: id } = await cloud.api({ "/mock": { get: method(integration) } });
    expect((await cloud.request(id, "/prod/mock")).json()).toEqual({ path: "/mock", color: "red" });
    const tea = await cloud.request(id, "/prod/mock?tea=yes");
    expect([tea.status, tea.json().id]).toEqual([418, tea.headers["x-amzn-requestid"]]);
  });

  test("whose templates cannot be evaluated, or name no status, are misconfigured", async () => {
    const integration = (template: string, answer: string) => ({
      type: "mock",
      requestTemplates: { "application/json": template },
      responses: { default: { statusCode: "200", responseTemplates: { "application/json": answer } } },
    });
    const broken = "$util.urlDecode('%zz')";
    const { restApiId: id } = await cloud.api({
      "/request": { get: method(integration(broken, "{}")) },
      "/response": { get: method(integration('{"statusCode": 200}', broken)) },
      "/nothing": { get: method(integration("{}", "{}")) },
    });
    for (const path of ["request", "response", "nothing"]) {
      expect(await cloud.request(id, `/prod/${path}`)).toMatchObject({
        status: 500,
        headers: { "x-amzn-errortype": "InternalServerErrorException" },
        text: '{"message": "Internal server error"}',
      });
    }
  });

  test("the response that a request's template sets is seen by the response's, and answered", async () => {
    const integration = {
      type: "mock",
      requestTemplates: {
        "application/json": `#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar")#set($context.responseOverride.own = "kept"){"statusCode": 200}`,
      },
      responses: {
        default: { statusCode: "200", responseTemplates: { "application/json": "$context.responseOverride.own" } },
      },
    };
    const { restApiId: id } = await cloud.api({ "/": { get: method(integration) } });
    const { status, headers, text } = await cloud.request(id, "/prod/");
    expect([status, headers["foo"], text]).toEqual([444, "bar", "kept"]);
  });
});

describe("services", () => {
  const trusted = async (statement: object) => {
    const iam = cloud.client(IAMClient as never) as IAMClient;
    const document = (one: object) => JSON.stringify({ Version: "2012-10-17", Statement: [one] });
    const Principal = { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] };
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "hello",
        PolicyDocument: document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({ RoleName: "hello", PolicyName: "calls", PolicyDocument: document(statement) }),
    );
  };

  test("a table is read in its own protocol, under the integration's role", async () => {
    await trusted({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" });
    const dynamodb = cloud.client(DynamoDBClient as never) as DynamoDBClient;
    await dynamodb.send(new CreateTableCommand(tableOf("things", { id: "S" })));
    await dynamodb.send(new PutItemCommand({ TableName: "things", Item: { id: { S: "7" }, n: { N: "1" } } }));
    const integration = (action: string) => ({
      type: "aws",
      httpMethod: "POST",
      uri: `arn:aws:apigateway:us-east-1:dynamodb:action/${action}`,
      credentials: TEST_ROLE,
      requestTemplates: {
        "application/json": `{"TableName": "things", "Key": {"id": {"S": "$input.params('id')"}}}`,
      },
      responses: {
        default: { statusCode: "200", responseTemplates: { "application/json": `{"n": $input.path('$.Item.n.N')}` } },
        "4\\d{2}": {
          statusCode: "400",
          responseTemplates: { "application/json": `{"type": $input.json('$.__type')}` },
        },
      },
    });
    const { restApiId: id } = await cloud.api({
      "/things/{id}": { get: method(integration("GetItem")), delete: method(integration("DeleteItem")) },
    });
    expect((await cloud.request(id, "/prod/things/7")).text).toBe('{"n": 1}');
    const denied = await cloud.request(id, "/prod/things/7", { method: "DELETE" });
    expect([denied.status, denied.json().type]).toEqual([400, expect.stringContaining("AccessDeniedException")]);
  });

  test("a topic is told by parameters of the query", async () => {
    await trusted({ Effect: "Allow", Action: "sns:Publish", Resource: "*" });
    const sns = cloud.client(SNSClient as never) as SNSClient;
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
    const integration = {
      type: "aws",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:us-east-1:sns:action/Publish",
      credentials: TEST_ROLE,
      requestParameters: {
        "integration.request.querystring.TopicArn": `'${TopicArn}'`,
        "integration.request.querystring.Message": "method.request.body",
      },
      responses: { default: { statusCode: "200" } },
    };
    const { restApiId: id } = await cloud.api({ "/news": { post: method(integration) } });
    const { status, text } = await cloud.request(id, "/prod/news", { method: "POST", body: "hello" });
    expect([status, text]).toEqual([200, expect.stringContaining('"PublishResult":{"MessageId":')]);
  });

  test("a service is asked by the caller's own method where the integration has any", async () => {
    await trusted({ Effect: "Allow", Action: "s3:*", Resource: "*" });
    const s3 = cloud.client(S3Client as never) as S3Client;
    await s3.send(new CreateBucketCommand({ Bucket: "files" }));
    const integration = {
      type: "aws",
      httpMethod: "ANY",
      uri: "arn:aws:apigateway:us-east-1:s3:path/files/{key}",
      credentials: TEST_ROLE,
      requestParameters: { "integration.request.path.key": "method.request.path.key" },
      responses: { default: { statusCode: "200" } },
    };
    const { restApiId: id } = await cloud.api({ "/{key}": { "x-amazon-apigateway-any-method": method(integration) } });
    const put = await cloud.request(id, "/prod/a.txt", { method: "PUT", body: "hello" });
    expect([put.status, put.text]).toEqual([200, ""]);
    expect((await cloud.request(id, "/prod/a.txt")).text).toBe("hello");
    // AWS: what a service answers tells its trace.
    expect(put.headers["x-amzn-trace-id"]).toMatch(/^Root=1-/);
  });
});
