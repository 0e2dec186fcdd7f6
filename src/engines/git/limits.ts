/** An archive of a commit's files. */
export const MAX_ARCHIVE_BYTES = 1024 * 1024 * 1024;
/** What one git command may write to its output as text. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** The differences of one commit or comparison. */
export const MAX_DIFF_BYTES = 64 * 1024 * 1024;
/** https://docs.github.com/en/rest/repos/contents: files of up to 100 MB. */
export const MAX_BLOB_BYTES = 100 * 1024 * 1024;
