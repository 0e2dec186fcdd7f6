import type {
  PipeEnrichmentParameters,
  PipeLogConfigurationParameters,
  PipeState,
  PipeTargetParameters,
} from "@aws-sdk/client-pipes";
import type { StreamPlace } from "../../engines/eventSources/source.ts";
import type { Collection, Records } from "../../store/records.ts";
import type { SourceSettings } from "./definition/source.ts";

/** A pipe. Its parameters are kept as the API has them, for DescribePipe tells them as they came, defaults filled in. */
export interface PipeRecord {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly desiredState: "RUNNING" | "STOPPED" | "DELETED";
  readonly state: PipeState;
  readonly stateReason?: string;
  readonly roleArn: string;
  readonly source: string;
  readonly sourceParameters: SourceSettings;
  readonly enrichment?: string;
  readonly enrichmentParameters?: PipeEnrichmentParameters;
  readonly target: string;
  readonly targetParameters?: PipeTargetParameters;
  readonly logging?: PipeLogConfigurationParameters;
  readonly kmsKey?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface Collections {
  readonly pipes: Collection<PipeRecord>;
  /** How far a stream has been read, by [pipe, lane]. */
  readonly places: Collection<StreamPlace>;
}

export const openCollections = (records: Records): Collections => ({
  pipes: records.collection("pipes"),
  places: records.collection("places"),
});
