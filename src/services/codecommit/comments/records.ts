/** What comments are about: two commits, and perhaps a place in a file, perhaps of a pull request. */
export interface Subject {
  readonly repositoryId: string;
  readonly pull?: number;
  readonly before?: string;
  readonly after: string;
  readonly location?: Location;
  readonly beforeBlob?: string;
  readonly afterBlob?: string;
}

export interface Location {
  readonly filePath?: string;
  readonly filePosition?: number;
  readonly relativeFileVersion?: "BEFORE" | "AFTER";
}

/** What somebody says. */
export interface CommentRecord {
  readonly id: string;
  /** Which one it is of all, by time. */
  readonly place: number;
  readonly subject: Subject;
  readonly content: string;
  readonly inReplyTo?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** By the ARN. */
  readonly author: string;
  readonly isDeleted: boolean;
  readonly token?: string;
  /** Short codes, by the ARN of who reacts so. */
  readonly reactions: Readonly<Record<string, string>>;
}
