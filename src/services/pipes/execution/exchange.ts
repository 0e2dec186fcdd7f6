/** What enriching or delivering a batch said, for the log. */
export interface Exchange {
  readonly request?: string;
  readonly response?: string;
}
