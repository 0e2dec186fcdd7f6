// Where no other page is named: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html

/** The largest item, names and values together. */
export const MAX_ITEM_BYTES = 400 * 1024;
/** How deep maps and lists may nest; a path has as many elements at most. */
export const MAX_NESTING_LEVELS = 32;
/** An attribute's name is shorter than this, in UTF-8. */
export const MAX_ATTRIBUTE_NAME_BYTES = 65_535;
/** The longest partition key value. */
export const MAX_PARTITION_KEY_BYTES = 2048;
/** The longest sort key value. */
export const MAX_SORT_KEY_BYTES = 1024;

/** Significant decimal digits of a number. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export const MAX_NUMBER_DIGITS = 38;
/** The largest power of ten of a number's first digit. */
export const MAX_NUMBER_EXPONENT = 125;
/** The smallest power of ten of a number's first digit. */
export const MIN_NUMBER_EXPONENT = -130;

/** The longest expression string. */
export const MAX_EXPRESSION_BYTES = 4096;
/** The longest `#name` or `:value`, its first character included. */
export const MAX_PLACEHOLDER_BYTES = 255;
/** Operators in one expression. */
export const MAX_OPERATORS = 300;
/** Operands that IN compares with. */
export const MAX_IN_OPERANDS = 100;
/** Values of the hash key that a PartiQL statement's IN lists, and how many of them one page reads. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-operators.html */
export const MAX_PARTITIONS_IN = 50;
export const PAGE_PARTITIONS = 10;
/** What names and values an expression's placeholders stand for, together. */
export const MAX_SUBSTITUTION_BYTES = 2 * 1024 * 1024;
/** The items of a table with local indexes that share a partition key, with what those indexes hold of them. */
export const MAX_COLLECTION_BYTES = 10 * 1024 ** 3;
/** The largest list index a path may name. */
export const MAX_LIST_INDEX = 2_147_483_647;
/** Parentheses and calls within each other: far more than an accepted expression can hold, and safe for the stack. */
export const MAX_PARSE_DEPTH = 400;
/** Parsed expressions kept for the next request with the same text. */
export const MAX_CACHED_EXPRESSIONS = 1000;
/** What Query, Scan and BatchGetItem read or answer at most: 1 MB a page, 16 MB a batch. */
export const MAX_PAGE_BYTES = 1024 * 1024;
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
export const MAX_BATCH_WRITES = 25;
export const MAX_BATCH_GETS = 100;
export const MAX_TRANSACTION_ITEMS = 100;
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
/** For so long the same token answers the same transaction. */
export const TRANSACTION_TOKEN_MS = 10 * 60 * 1000;
/** Attributes of a kind in the key of a global index. */
export const MAX_KEY_ATTRIBUTES = 4;
export const MAX_LOCAL_INDEXES = 5;
export const MAX_GLOBAL_INDEXES = 20;
/** Attributes beside keys that all indexes of a table may name together. */
export const MAX_NON_KEY_ATTRIBUTES = 100;
export const DEFAULT_TABLE_PAGE = 100;
export const DEFAULT_BACKUP_PAGE = 100;
/** The most capacity units a table or an index can ask for. */
export const MAX_CAPACITY_UNITS = 1_000_000_000_000;
/** Tags of one table. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
export const MAX_TAGS = 50;
/** For so many seconds what a provisioned table does not use is kept for it. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html */
export const BURST_SECONDS = 300;
/** For so long a client's token stands for its export or import. */
export const TRANSFER_TOKEN_MS = 8 * 60 * 60 * 1000;
/** How much time an incremental export is of. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html */
export const MIN_EXPORT_WINDOW_MS = 15 * 60 * 1000;
export const MAX_EXPORT_WINDOW_MS = 24 * 60 * 60 * 1000;
/** Exports and imports that a page of them holds. */
export const DEFAULT_TRANSFER_PAGE = 25;

/** The largest request of any operation. */
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
