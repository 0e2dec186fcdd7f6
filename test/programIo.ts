import type { Io } from "../src/awscli/io.ts";
import type { TestClientConfig, TestCloud } from "./harness.ts";

/** What a program of a build speaks to in a test: a cloud in this process, and texts in place of a terminal. */
export const programIo = (cloud: TestCloud, own: Pick<Io, "cwd" | "env" | "stdin" | "sleep">) => {
  const written = { out: "", err: "" };
  let config: TestClientConfig | undefined;
  cloud.client(
    class {
      constructor(given: TestClientConfig) {
        config = given;
      }
    },
  );
  const io: Io = {
    ...own,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    now: () => cloud.clock.now(),
    ...(config ? { clientConfig: { ...config } } : {}),
  };
  return { io, written };
};
