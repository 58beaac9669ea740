import { printable, type Terminal } from './terminal.ts';

type Output = Pick<Terminal, 'outBytes' | 'outScreen'>;

/** What a program printed, as it comes. On a terminal it keeps its colours and steers nothing else. */
export async function showBytes(
  { outBytes, outScreen }: Output,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const shown = outScreen.size() === null ? chunks : showableParts(chunks);
  for await (const chunk of shown) await outBytes(chunk);
}

const ESCAPE = '\u001b';
/** Colours and the like (ECMA-48, SGR): the one family of sequences that changes nothing but how text looks. */
const COLOUR = new RegExp(`(${ESCAPE}\\[[\\d;:]{0,64}m)`);
/** What may become one with the next part. */
const BEGUN = new RegExp(`${ESCAPE}(?:\\[[\\d;:]{0,64})?$`);
const RESET = `${ESCAPE}[0m`;

async function* showableParts(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let held = '';
  let hasColour = false;
  for await (const chunk of chunks) {
    const text = held + decoder.decode(chunk, { stream: true });
    held = BEGUN.exec(text)?.[0] ?? '';
    const whole = text.slice(0, text.length - held.length);
    hasColour ||= COLOUR.test(whole);
    yield Buffer.from(showable(whole));
  }
  yield Buffer.from(`${showable(held + decoder.decode())}${hasColour ? RESET : ''}`);
}

const showable = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : part.split('\r').map(printable).join('\r')))
    .join('');
