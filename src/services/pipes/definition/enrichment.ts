import type { PipeEnrichmentParameters } from "@aws-sdk/client-pipes";
import { invalidField } from "../errors.ts";
import { type EndpointKind, endpointKind } from "./endpoint.ts";

const ENRICHMENTS: ReadonlySet<EndpointKind | undefined> = new Set(["api", "apiDestination", "lambda", "states"]);

/** Checks what enriches a pipe's events. */
export const checkEnrichment = (arn: string, { HttpParameters }: PipeEnrichmentParameters = {}): void => {
  const kind = endpointKind(arn);
  if (!ENRICHMENTS.has(kind)) throw invalidField("Enrichment", `The enrichment ${arn} is not supported.`);
  if (HttpParameters && kind !== "api" && kind !== "apiDestination")
    throw invalidField("EnrichmentParameters.HttpParameters", "The parameter does not fit the enrichment.");
};

/** What is said of an enrichment; a template that is empty is none. */
export const readEnrichment = ({
  InputTemplate,
  HttpParameters,
}: PipeEnrichmentParameters = {}): PipeEnrichmentParameters | undefined =>
  InputTemplate || HttpParameters
    ? { ...(InputTemplate ? { InputTemplate } : {}), ...(HttpParameters ? { HttpParameters } : {}) }
    : undefined;
