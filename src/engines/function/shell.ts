import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";

interface Program {
  readonly file: string;
  readonly args: string[];
}

const BASH = "/bin/bash";
/** As much of a script as its first line may take. */
const HEAD_BYTES = 128;

/** How a bootstrap is run. AWS: there `/bin/sh` is bash, which its own tutorial's bootstrap counts on; on many machines it is not. */
export const asOnAmazonLinux = (file: string): Program => {
  const [isScript, flag] = /^#! *\/bin\/sh(?: +(-\w+))? *\n/.exec(headOf(file)) ?? [];
  if (!isScript || !isExecutable(file) || !isExecutable(BASH)) return { file, args: [] };
  return { file: BASH, args: ["--posix", ...(flag ? [flag] : []), file] };
};

const headOf = (file: string): string => {
  const bytes = Buffer.alloc(HEAD_BYTES);
  try {
    const descriptor = openSync(file, "r");
    const read = readSync(descriptor, bytes, 0, HEAD_BYTES, 0);
    closeSync(descriptor);
    return bytes.toString("latin1", 0, read);
  } catch {
    // What cannot be read is run as it is, and the system says what is wrong with it.
    return "";
  }
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // It is not there, or not to be run.
    return false;
  }
};
