import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** As loose as JSON is: the drivers read the vendors' messages by hand, and a wrong guess fails the recording. */
export type Message = ReturnType<typeof JSON.parse>;

export interface Line {
  readonly from: 'agent' | 'client';
  readonly message: Message;
}

export interface Spoken {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A process that speaks JSON, a message per line, in both directions. */
export interface Dialogue {
  readonly lines: readonly Line[];
  readonly send: (message: Message) => void;
  /** Closes its stdin and waits for its end; kills it after a while. */
  readonly end: () => Promise<DialogueEnd>;
}

export interface DialogueEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it ended by itself when its stdin was closed. */
  readonly endedBy: 'itself' | 'recorder';
  readonly stderr: string;
}

const PATIENCE_MS = 6_000;

export function openDialogue({ program, args, cwd, env }: Spoken, onMessage: (message: Message) => void): Dialogue {
  const child = spawn(program, args, { cwd, env, stdio: 'pipe' });
  const lines: Line[] = [];
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined); // it may be gone before it read the answer
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message: Message = JSON.parse(line);
    lines.push({ from: 'agent', message });
    onMessage(message);
  });
  return {
    lines,
    send: (message) => {
      lines.push({ from: 'client', message });
      child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    end: async () => ({ ...(await ended(child)), stderr }),
  };
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Omit<DialogueEnd, 'stderr'>> {
  let endedBy: DialogueEnd['endedBy'] = 'itself';
  const timer = setTimeout(() => {
    endedBy = 'recorder';
    child.kill('SIGKILL');
  }, PATIENCE_MS);
  child.stdin.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  clearTimeout(timer);
  return { exitCode: child.exitCode, signal: child.signalCode, endedBy };
}
