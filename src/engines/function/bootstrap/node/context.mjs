/** What a handler learns of its event and its environment. */
export const handlerContext = (about, extra) => {
  process.env._X_AMZN_TRACE_ID = about.traceId;
  environment ??= ofEnvironment(process.env);
  return Object.assign(extra, environment, {
    clientContext: parsed(about.clientContext, "ClientContext"),
    identity: undefined,
    invokedFunctionArn: about.invokedFunctionArn,
    awsRequestId: about.requestId,
    getRemainingTimeInMillis: () => about.deadlineMs - Date.now(),
  });
};

/** Read once: to ask for a variable is a call of the system's library. */
let environment;

const ofEnvironment = (env) => ({
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
});

const parsed = (text, name) => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error}`);
  }
};
