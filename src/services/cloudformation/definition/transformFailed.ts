import { AwsError } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";

/** AWS's SAM transform, by the name templates give it. */
export const SAM = "AWS::Serverless-2016-10-31";

/** What transforms are run with. */
export interface MacroAround {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** What `Ref` gives for each parameter and pseudo parameter. */
  readonly parameters: ReadonlyMap<string, JsonValue>;
  /** The function behind a transform of the user's own; undefined when there is none of that name. */
  readonly functionOf: (macro: string) => string | undefined;
}

/** A transform that refuses its template. */
export class TransformFailed extends AwsError {
  constructor(transform: string, reason: string | undefined) {
    const how = reason === undefined ? "without an error message." : `with: ${reason}`;
    super("ValidationError", `Transform ${transform} failed ${how}`);
  }
}
