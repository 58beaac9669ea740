import { Readable } from 'node:stream';

/** Which of the files in a patch, counted from 0 in its order. */
export interface SectionRange {
  readonly first: number;
  readonly count: number;
}

const heading = Buffer.from('\ndiff --git ');

/** Some files' parts of a patch, read in bounded memory. Closing the answer closes the patch. */
export function cutPatch(patch: Readable, range: SectionRange): Readable {
  const cut = Readable.from(sectionsOf(patch, range), { objectMode: false });
  return cut.once('close', () => patch.destroy());
}

/** Lines of content begin with a blank, a sign or a letter of base 85 without a blank behind it: never like a heading. */
async function* sectionsOf(patch: AsyncIterable<Uint8Array>, { first, count }: SectionRange) {
  let section = -1;
  // A newline before the first line, so that every heading has one.
  let held: Buffer = Buffer.from('\n');
  const isWanted = () => section >= first && section < first + count;
  for await (const chunk of patch) {
    const text = Buffer.concat([held, chunk]);
    let at = 0;
    for (let next = text.indexOf(heading); next !== -1; next = text.indexOf(heading, at)) {
      const end = next + 1;
      if (isWanted()) yield text.subarray(at, end);
      section += 1;
      at = end;
      if (section >= first + count) return;
    }
    const safe = Math.max(at, text.length - heading.length + 1);
    if (isWanted()) yield text.subarray(at, safe);
    held = text.subarray(safe);
  }
  if (isWanted()) yield held;
}
