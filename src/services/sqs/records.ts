import type { Collection, Records } from "../../store/records.ts";

/** A queue. */
export interface QueueRecord {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  /** What was set, by AWS's names; what was not has its default. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt?: number;
}

/** A message in a queue. */
export interface MessageRecord {
  readonly queue: string;
  /** Its place in the queue. */
  readonly sequence: number;
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, AttributeRecord>>;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly senderId: string;
  readonly sentAt: number;
  /** From when on it may be received. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** What the last receiver's handle holds. */
  readonly receipt?: string;
  /** The queue that gave it up. */
  readonly deadLetterSource?: string;
}

export interface AttributeRecord {
  readonly type: string;
  /** Text, or base64 of bytes. */
  readonly value: string;
  readonly binary: boolean;
}

/** A message that was sent lately to a FIFO queue: the same again is not sent. */
export interface SentRecord {
  readonly messageId: string;
  readonly sequence: number;
  readonly sentAt: number;
}

/** A message group's place in its queue's line. */
export interface LineRecord {
  readonly group: string;
  readonly turn: number;
}

/** When a message may be received. */
export interface DueRecord {
  readonly sequence: number;
  readonly visibleAt: number;
}

/** Moving a dead-letter queue's messages on, or back to where they came from. */
export interface MoveRecord {
  readonly id: string;
  /** The dead-letter queue's name. */
  readonly source: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly maxPerSecond?: number;
  readonly status: "RUNNING" | "CANCELLING" | "COMPLETED" | "CANCELLED" | "FAILED";
  readonly moved: number;
  /** How many there were when it started. */
  readonly toMove: number;
  readonly startedAt: number;
  readonly failureReason?: string;
}

/** The state of SQS in one account and region. */
export interface Collections {
  readonly queues: Collection<QueueRecord>;
  /** By queue and sequence. */
  readonly messages: Collection<MessageRecord>;
  /** By queue, time and sequence: what may be received next. */
  readonly due: Collection<DueRecord>;
  /** Sequences of a FIFO queue's messages, by queue, group and sequence. */
  readonly grouped: Collection<number>;
  /** Each group's turn, by queue and group. */
  readonly turns: Collection<number>;
  /** By queue and turn: which group's messages are received next. */
  readonly lines: Collection<LineRecord>;
  /** By queue and deduplication id. */
  readonly sent: Collection<SentRecord>;
  /** The last sequence given out, by queue. */
  readonly sequences: Collection<number>;
  /** By source queue, start and id. */
  readonly moves: Collection<MoveRecord>;
}

export const openCollections = (records: Records): Collections => ({
  queues: records.collection("queues"),
  messages: records.collection("messages"),
  due: records.collection("due"),
  grouped: records.collection("grouped"),
  turns: records.collection("turns"),
  lines: records.collection("lines"),
  sent: records.collection("sent"),
  sequences: records.collection("sequences"),
  moves: records.collection("moves"),
});
