/** Who has asked for a share of a rule's reservoir lately. */
export interface Askers {
  /** Notes one, and says how many there are with it. */
  note(rule: string, client: string, now: number): number;
}

/** One that has not asked for as long shares no more: it is to ask every ten seconds. */
const LATELY_MS = 30_000;
const MAX_CLIENTS = 1000;

export const createAskers = (): Askers => {
  const rules = new Map<string, Map<string, number>>();
  return {
    note: (rule, client, now) => {
      const clients = rules.get(rule) ?? new Map<string, number>();
      rules.set(rule, clients);
      for (const [other, at] of clients) if (at < now - LATELY_MS) clients.delete(other);
      if (clients.size < MAX_CLIENTS) clients.set(client, now);
      return clients.size;
    },
  };
};
