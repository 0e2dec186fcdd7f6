/** Commands of the SAM CLI that builds here have no use for, and what to use instead. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  docs: "See https://docs.aws.amazon.com/serverless-application-model/.",
  init: "Begin a project with `aloft init`.",
  "local callback": "Durable functions are not built here.",
  "local execution": "Durable functions are not built here.",
  "local generate-event": "Write the event into a file, and invoke with `aws lambda invoke --payload file://…`.",
  "local invoke": "The function runs in the cloud as deployed: use `aws lambda invoke`, or `aloft invoke`.",
  "local start-api": "The deployed API answers at its own address: `aws cloudformation describe-stacks` tells it.",
  "local start-lambda": "The cloud itself is the endpoint: use `aws lambda invoke`.",
  local: "The function runs in the cloud as deployed: use `aws lambda invoke`, or `aloft invoke`.",
  logs: "Use `aws logs tail /aws/lambda/NAME`, or `aloft logs`.",
  pipeline: "Make a pipeline with `aloft launch`.",
  publish: "There is no Serverless Application Repository here.",
  "remote invoke": "Use `aws lambda invoke`, or `aloft invoke`.",
  remote: "Use `aws lambda`.",
  sync: "Use `sam build` and `sam deploy`; a mirror (`aloft mirror`) deploys each commit.",
  traces: "Use `aws xray get-trace-summaries`.",
};
