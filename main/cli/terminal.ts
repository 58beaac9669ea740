/** Where a command writes. Results go to `out`; progress, guidance and errors go to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Raw bytes to stdout; resolves when the reader can take more. */
  readonly outBytes: (bytes: Uint8Array) => Promise<void>;
}

/** The terminal of this process. A reader that goes away (`| head`) ends it quietly: nobody is left to be told. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', endOnBrokenPipe);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outBytes: (bytes) =>
      new Promise((resolve) => {
        if (stdout.write(bytes)) resolve();
        else stdout.once('drain', resolve);
      }),
  };
}

function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** Text of an executor or a stranger, safe for a terminal: control characters but newline and tab are shown, not obeyed. */
export const printable = (text: string): string =>
  text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** The same on one line. */
export const oneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
