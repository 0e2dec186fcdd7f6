/** Where the page is, as the cloud tells it. */
export interface Session {
  readonly csrf: string;
  readonly version: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
  /** The cloud's time when it answered, in milliseconds since the epoch. */
  readonly now: number;
}

/** What an operation was refused with. */
export class CallError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

let current: Session | undefined;
let clockOffset = 0;

/** The session that was opened; pages are shown only once it is. */
export const session = (): Session => {
  if (!current) throw new Error("The session is not open yet.");
  return current;
};

/** The cloud's time now, which may run ahead of the machine's. */
export const cloudNow = (): number => Date.now() + clockOffset;

export const setCloudNow = (now: number): void => {
  clockOffset = now - Date.now();
};

export const openSession = async (): Promise<Session> => {
  const opened: Session = await ask("session");
  current = opened;
  setCloudNow(opened.now);
  return opened;
};

/** Asks one of the console's own addresses. */
export const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(path, {
    ...init,
    headers: { ...(current && init.method ? { "x-aloft-csrf": current.csrf } : {}), ...init.headers },
  });
  const body = response.status === 204 ? undefined : await response.json();
  if (response.ok) return body;
  // The session ended: the server shows how to come in again.
  if (response.status === 401 && current) window.location.reload();
  throw new CallError(body?.error?.code ?? "Unknown", body?.error?.message ?? response.statusText, response.status);
};
