// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
/** Stacks of one account in one region. */
export const MAX_STACKS = 2000;
export const MAX_STACK_SETS = 1000;
/** Stacks that one import into a stack set may name. */
export const MAX_IMPORTED_STACKS = 10;
export const MAX_IMPORTED_STACKS_OF_FILE = 200;
/** Resources that all stacks of an account may work on at a time; AWS's figure, which nothing here reaches. */
export const MAX_CONCURRENT_RESOURCES = 2500;
