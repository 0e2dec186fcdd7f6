import { expect, test } from "vitest";
import { ask } from "../ask.ts";
import { type TestCloud, testCloud } from "../harness.ts";

const authorization =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0";
const QUEUE = "/123456789012/q";

interface Form {
  readonly path?: string;
  /** What stands in the address; with it, the request is a GET. */
  readonly query?: string;
  readonly form?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as clients sent it before SQS spoke JSON. */
const askByForm = (cloud: TestCloud, { path = "/", query, form = "", headers = { authorization } }: Form) =>
  ask(cloud, {
    method: query === undefined ? "POST" : "GET",
    path: query === undefined ? path : `${path}?${query}`,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: form,
  });

const textOf = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";

test("a queue's whole life by forms", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const made = await askByForm(cloud, {
    form: "Action=CreateQueue&Version=2012-11-05&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=0&Tag.1.Key=a&Tag.1.Value=b",
  });
  expect(made.text).toContain('<CreateQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">');
  expect(textOf(made.text, "QueueUrl")).toBe(`http://127.0.0.1:4566${QUEUE}`);
  const attribute = "MessageAttribute.1.Name=City&MessageAttribute.1.Value.DataType=String";
  const sent = await askByForm(cloud, {
    path: QUEUE,
    form: `Action=SendMessage&MessageBody=a%20%3C%20b&${attribute}&MessageAttribute.1.Value.StringValue=Bern`,
  });
  expect(textOf(sent.text, "MD5OfMessageBody")).toMatch(/^[0-9a-f]{32}$/);
  const received = await askByForm(cloud, {
    form: `Action=ReceiveMessage&QueueUrl=http://127.0.0.1:4566${QUEUE}&MessageAttributeName.1=All&AttributeName.1=ApproximateReceiveCount`,
  });
  expect(received.text).toContain("<Body>a &lt; b</Body>");
  expect(received.text).toContain("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>");
  expect(received.text).toContain(
    "<MessageAttribute><Name>City</Name><Value><DataType>String</DataType><StringValue>Bern</StringValue></Value></MessageAttribute>",
  );
  const ReceiptHandle = encodeURIComponent(textOf(received.text, "ReceiptHandle"));
  const batch = `Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=${ReceiptHandle}`;
  const dropped = await askByForm(cloud, { path: QUEUE, form: batch });
  expect(dropped.text).toContain("<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>");
  const left = await askByForm(cloud, { path: QUEUE, query: "Action=GetQueueAttributes&AttributeName.1=All" });
  expect(left.text).toContain("<Attribute><Name>ApproximateNumberOfMessages</Name><Value>0</Value></Attribute>");
  expect((await askByForm(cloud, { path: QUEUE, query: "Action=ReceiveMessage" })).text).toContain(
    "<ReceiveMessageResult/>",
  );
  expect((await askByForm(cloud, { path: QUEUE, query: "Action=ListQueueTags" })).text).toContain(
    "<Tag><Key>a</Key><Value>b</Value></Tag>",
  );
  expect((await askByForm(cloud, { path: QUEUE, form: "Action=DeleteQueue" })).status).toBe(200);
});

test.each<[string, Form, number, string, string]>([
  [
    "an unknown action",
    { path: QUEUE, query: "Action=FooBar" },
    400,
    "InvalidAction",
    "The action FooBar is not valid",
  ],
  [
    "what is not asked of a queue",
    { path: QUEUE, query: "Action=ListQueues" },
    400,
    "InvalidAction",
    "The action ListQueues is not valid for this endpoint.",
  ],
  [
    "a parameter that is missing",
    { path: QUEUE, query: "Action=SendMessage" },
    400,
    "MissingParameter",
    "The request must contain the parameter MessageBody.",
  ],
  [
    "another queue",
    { path: "/123456789012/none", query: "Action=GetQueueAttributes" },
    400,
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist for this wsdl version.",
  ],
  [
    "an attribute that is none",
    { path: QUEUE, query: "Action=GetQueueAttributes&AttributeName.1=Foobar" },
    400,
    "InvalidAttributeName",
    "Unknown Attribute Foobar.",
  ],
])("refuses %s in its older words", async (_case, asked, status, code, message) => {
  await using cloud = await testCloud({ auth: "open" });
  await askByForm(cloud, { form: "Action=CreateQueue&QueueName=q" });
  const answer = await askByForm(cloud, asked);
  expect([answer.status, textOf(answer.text, "Code")]).toEqual([status, code]);
  expect(answer.text).toContain(`<Message>${message}`);
  expect(answer.text).toContain("<Detail/>");
});

test("who asks for nothing is told no more; what has no signature is known by its version", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const nothing = await askByForm(cloud, { path: QUEUE, query: "" });
  expect(nothing).toMatchObject({ status: 404, text: "<UnknownOperationException/>" });
  const unsigned = await askByForm(cloud, { query: "Action=ListQueues&Version=2012-11-05", headers: {} });
  expect(unsigned.text).toContain("<ListQueuesResult/>");
});

test("the JSON answer tells both names of a refusal", async () => {
  await using cloud = await testCloud({ auth: "open" });
  await askByForm(cloud, { form: "Action=CreateQueue&QueueName=q" });
  const refused = await ask(cloud, {
    method: "POST",
    headers: {
      authorization,
      "x-amz-target": "AmazonSQS.ReceiveMessage",
      "content-type": "application/x-amz-json-1.0",
    },
    body: `{"QueueUrl":"${QUEUE}","MaxNumberOfMessages":11}`,
  });
  expect(refused.headers["x-amzn-query-error"]).toBe("InvalidParameterValue;Sender");
  expect(refused.json()).toEqual({
    __type: "com.amazon.coral.service#InvalidParameterValueException",
    message: "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
  });
});

test("who accepts JSON gets it: results, refusals, and those of services that speak forms still", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const headers = { authorization, accept: "application/json" };
  await askByForm(cloud, { form: "Action=CreateQueue&Version=2012-11-05&QueueName=q" });
  const sent = (await askByForm(cloud, { path: QUEUE, form: "Action=SendMessage&MessageBody=hi", headers })).json();
  expect(sent.SendMessageResponse).toMatchObject({
    SendMessageResult: { MessageId: expect.any(String), MD5OfMessageBody: expect.any(String) },
    ResponseMetadata: { RequestId: expect.any(String) },
  });
  const received = (await askByForm(cloud, { path: QUEUE, query: "Action=ReceiveMessage", headers })).json();
  expect(received.ReceiveMessageResponse.ReceiveMessageResult.messages).toMatchObject([{ Body: "hi" }]);
  const form = "Action=GetQueueAttributes&AttributeName.1=DelaySeconds";
  const attributes = (await askByForm(cloud, { path: QUEUE, form, headers })).json();
  expect(attributes.GetQueueAttributesResponse.GetQueueAttributesResult).toEqual({
    Attributes: [{ Name: "DelaySeconds", Value: "0" }],
  });
  const refused = await askByForm(cloud, { path: QUEUE, query: "Action=ListQueues", headers });
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text).Error).toMatchObject({
    Code: "InvalidAction",
    Message: "The action ListQueues is not valid for this endpoint.",
  });
  const sts = { ...headers, authorization: authorization.replace("/sqs/", "/sts/") };
  const who = await askByForm(cloud, { form: "Action=GetCallerIdentity&Version=2011-06-15", headers: sts });
  expect(JSON.parse(who.text).GetCallerIdentityResponse.GetCallerIdentityResult).toMatchObject({
    Account: "123456789012",
  });
});
