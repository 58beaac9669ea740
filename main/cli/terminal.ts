/** Where a command writes. Results go to `out`; progress, guidance and errors go to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Raw bytes to stdout; resolves when the reader can take more. */
  readonly outBytes: (bytes: Uint8Array) => Promise<void>;
  readonly outScreen: Screen;
  readonly errScreen: Screen;
}

/** What is behind stdout or stderr. */
export interface Screen {
  /** As it is now; `null` when it is no terminal: nothing is fitted then, or drawn a second time. */
  readonly size: () => ScreenSize | null;
  readonly hasColor: boolean;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A person looks at it. */
export const isShown = ({ size }: Screen): boolean => size() !== null;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The terminal of this process. A reader that goes away (`| head`, a terminal that is closed) ends it quietly: nobody is
 * left to be told. Who has something to clear up first listens for `SIGPIPE`.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', (error) => endWithoutReader(stream, error));
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outBytes: (bytes) =>
      new Promise((resolve) => {
        if (stdout.write(bytes)) resolve();
        else stdout.once('drain', resolve);
      }),
    outScreen: screenOf(stdout, env),
    errScreen: screenOf(stderr, env),
  };
}

function endWithoutReader({ isTTY }: OutputStream, error: NodeJS.ErrnoException): void {
  const isClosed = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
  // Of a terminal that was closed; of a file EIO is a broken disk.
  const isHungUp = isTTY && error.code === 'EIO';
  if (!isClosed && !isHungUp) throw error;
  if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit();
}

type OutputStream = Pick<typeof process.stdout, 'isTTY' | 'columns' | 'rows'>;

const screenOf = (stream: OutputStream, env: Environment): Screen => ({
  size: () => (stream.isTTY ? { columns: stream.columns || 80, rows: stream.rows || 24 } : null),
  hasColor: wantsColor(stream.isTTY, env),
});

/** `FORCE_COLOR` counts more than `NO_COLOR` (no-color.org), as in Node; without either a terminal that can has colour. */
export function wantsColor(isTerminal: boolean, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

/** Text of an executor or a stranger, safe for a terminal: what would steer it is shown instead; newline and tab pass. */
export const printable = (text: string): string => text.replace(STEERING, escapeOf);

/** The same below what stands before it: further lines begin behind `columns` blanks and pass for none of ours. */
export const indented = (text: string, columns: number): string =>
  printable(text).replaceAll('\n', `\n${' '.repeat(columns)}`);

/** The name of a file, to the letter and on its line: a newline in it is shown, too. */
export const fileName = (name: string): string => printable(name).replace(/[\n\t]/g, escapeOf);

/** The same on one line. */
export const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

/** Control characters, and those that change the direction of the text around them. */
const STEERING = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

function escapeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
}
