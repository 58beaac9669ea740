import { join } from 'node:path';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import type { House } from './house.ts';
import { commands } from './planner.ts';

const HOSTILE_MARKDOWN = [
  '# Report',
  '',
  '<img src=x onerror="document.title=1337">',
  '<script>document.title = 1337</script>',
  '',
  '[click me](javascript:document.title=1337) and [the site](https://example.org/way?a=b)',
  '',
  '![pixel](https://evil.example/pixel.png) ![inside](data:image/svg+xml;base64,AAAA)',
].join('\n');

/** By name: what an agent could leave to do harm to whoever looks at it. */
const FILES: Readonly<Record<string, string>> = {
  'page.html': '<html><body onload="document.title=1337"><script>document.title=1337</script></body></html>',
  'picture.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1337"><script>document.title=1337</script></svg>',
  'report.md': HOSTILE_MARKDOWN,
  'photo\u202Egnp.exe': 'MZ',
  'fake.png': '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1337"/>',
  'lines.ndjson': '{"a":[1,2]}\n{"broken"\n',
};

export const HUGE_BYTES = 1024 ** 3;

/** Leaves hostile files as evidence. */
export const hostileTask = (house: House, runId: string): JsonObject => {
  const folder = evidenceOf(house, runId, 'hostile');
  const writes = Object.entries(FILES).map(
    ([name, text]) => `printf '%s' ${quoted(text)} > ${quoted(join(folder, name))}`,
  );
  return { ...commands('Leave hostile evidence', [`mkdir -p ${quoted(folder)}`, ...writes]), step_id: 'hostile' };
};

/** A file that is larger than anybody reads, and takes no room. */
export const hugeTask = (house: House, runId: string): JsonObject => {
  const folder = evidenceOf(house, runId, 'huge');
  const make = `truncate -s ${HUGE_BYTES} ${quoted(join(folder, 'huge.bin'))}`;
  return { ...commands('Leave a huge file', [`mkdir -p ${quoted(folder)}`, make]), step_id: 'huge' };
};

/** Where an attempt keeps its own. */
export const evidenceOf = ({ repository: { root } }: House, runId: string, stepId: string): string =>
  join(root, '.codencer/artifacts', runId, stepId, `${stepId}-a1`);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
