/** Events as the services send them, to begin with. */
export const SAMPLE_EVENTS: Readonly<Record<string, object>> = {
  Empty: {},
  "HTTP API request": {
    version: "2.0",
    routeKey: "GET /items",
    rawPath: "/items",
    rawQueryString: "",
    headers: { accept: "application/json" },
    requestContext: { http: { method: "GET", path: "/items", sourceIp: "127.0.0.1" }, stage: "$default" },
    isBase64Encoded: false,
  },
  "REST API request": {
    resource: "/items",
    path: "/items",
    httpMethod: "POST",
    headers: { "content-type": "application/json" },
    queryStringParameters: null,
    pathParameters: null,
    body: '{"name":"value"}',
    isBase64Encoded: false,
  },
  "SQS messages": {
    Records: [{ messageId: "1", body: "hello", attributes: {}, messageAttributes: {}, eventSource: "aws:sqs" }],
  },
  "SNS notification": { Records: [{ EventSource: "aws:sns", Sns: { Subject: "subject", Message: "hello" } }] },
  "S3 object created": {
    Records: [
      {
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: "bucket" }, object: { key: "key" } },
      },
    ],
  },
  "DynamoDB stream record": {
    Records: [
      {
        eventName: "INSERT",
        eventSource: "aws:dynamodb",
        dynamodb: { Keys: { id: { S: "1" } }, NewImage: { id: { S: "1" } } },
      },
    ],
  },
  "EventBridge event": { source: "my.application", "detail-type": "Something Happened", detail: {} },
};
