import type { JsonObject } from "../../../kernel/json.ts";

/** For whom and with what a template is transformed. */
export interface SamOptions {
  readonly region: string;
  /** The region's own unless given. */
  readonly partition?: string;
  /** Taken for callers that have one, and not filled in: AWS leaves `AWS::AccountId` to the deployment. */
  readonly accountId?: string;
  /** Values given for template parameters; defaults fill in for the rest. */
  readonly parameters?: JsonObject;
  /** ARNs of managed policies by name, asked before the built-in table of AWS's own. */
  readonly managedPolicies?: Readonly<Record<string, string>>;
  /** The address of an application's template in the Serverless Application Repository; none is known without. */
  readonly application?: (applicationId: string, semanticVersion: string) => string | undefined;
  /** For AlwaysDeploy; milliseconds since the epoch. */
  readonly nowMs?: () => number;
}
