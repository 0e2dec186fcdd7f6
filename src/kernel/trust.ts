/** The files by which clients come to trust this cloud's TLS connections. */
export interface TrustFiles {
  /** PEM: the certificate of the cloud's own authority, for clients that add it to what they trust. */
  readonly ca: string;
  /** PEM: the same with the public roots, for clients whose setting replaces what they trust. */
  readonly bundle: string;
}
