import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Ends frozen processes when this one ends without having ended them, as `kill -9` makes it: what stands still notices
 * nothing, not even that its channel is closed, and would stand for ever.
 *
 * A shell of its own session knows the groups that are frozen; its input closes when this process is gone, however.
 */
export class Warden {
  private readonly held = new Set<number>();
  private shell: ChildProcessByStdio<Writable, null, null> | undefined;

  /** The group is frozen from now on. */
  hold(group: number | undefined): void {
    if (group === undefined) return;
    this.held.add(group);
    if (this.shell) this.shell.stdin.write(`hold ${group}\n`);
    else this.start();
  }

  /** The group goes on, or is gone. */
  free(group: number | undefined): void {
    if (group !== undefined && this.held.delete(group)) this.shell?.stdin.write(`free ${group}\n`);
  }

  private start(): void {
    const shell = spawn("/bin/sh", ["-c", SCRIPT], { stdio: ["pipe", "ignore", "ignore"], detached: true, env: {} });
    this.shell = shell;
    const forget = () => {
      if (this.shell === shell) this.shell = undefined;
    };
    // Without a shell, or once somebody has ended it, the next one to freeze starts another.
    shell.once("error", forget).once("exit", forget);
    shell.stdin.on("error", forget);
    shell.unref();
    for (const group of this.held) shell.stdin.write(`hold ${group}\n`);
  }
}

const SCRIPT = `
held=" "
while read -r word group; do
  case $word in
    hold) held="$held$group " ;;
    free) case $held in *" $group "*) held="\${held%%" $group "*} \${held#*" $group "}" ;; esac ;;
  esac
done
for group in $held; do kill -s KILL -- "-$group"; done
`;
