/** A parameter's value. One that must not be shown lies sealed. */
export interface ParameterRecord {
  readonly name: string;
  readonly value: string;
  /** True when `value` is sealed: the parameter is declared NoEcho. */
  readonly isSealed: boolean;
  /** What the parameter store held under `value`, for the types that look there. */
  readonly stored: string | undefined;
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** What stands where a NoEcho parameter's value would. */
export const MASK = "****";
