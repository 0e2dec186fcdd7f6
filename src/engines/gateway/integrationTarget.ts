import { parseArn } from "../../kernel/arn.ts";

type Variables = Readonly<Record<string, string>> | undefined;

/** A URI with its stage's variables in their places. */
export const withStageVariables = (uri: string, variables: Variables): string =>
  uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables?.[name] ?? "");

/** A function's ARN, from itself or from within API Gateway's invocation ARN. */
export const functionIn = (uri: string, variables: Variables): string => {
  const resolved = withStageVariables(uri, variables);
  const [, functionArn] =
    /\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/.exec(parseArn(resolved)?.resource ?? "") ?? [];
  return functionArn ?? resolved;
};
