import type { PipeLogConfigurationParameters } from "@aws-sdk/client-pipes";
import { NotImplemented } from "../../../kernel/errors.ts";
import { missingField } from "../errors.ts";

/** Checks where a pipe's log goes. */
export const readLogging = (
  given: PipeLogConfigurationParameters | undefined,
): PipeLogConfigurationParameters | undefined => {
  if (!given) return undefined;
  if (given.FirehoseLogDestination) throw new NotImplemented("logs of pipes in Amazon Data Firehose");
  if (given.S3LogDestination) throw new NotImplemented("logs of pipes in S3");
  if (given.Level !== "OFF" && !given.CloudwatchLogsLogDestination)
    throw missingField("LogConfiguration.CloudwatchLogsLogDestination");
  return given;
};
