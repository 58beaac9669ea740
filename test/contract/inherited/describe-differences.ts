import { isPlayed, type Label } from './case.ts';
import { DEFECTS } from './defects.ts';
import { STORIES } from './stories.ts';

type Different = Exclude<Label, { readonly kind: 'same' }>;

interface Row {
  readonly label: Different;
  readonly ids: string[];
}

/** Cases that show the same difference are one row; the order is that of the capture. */
function collectRows(): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { id, label } of STORIES.flatMap(({ cases }) => cases).filter(isPlayed)) {
    if (label.kind === 'same') continue;
    const key = JSON.stringify(label);
    const row = rows.get(key) ?? { label, ids: [] };
    row.ids.push(id);
    rows.set(key, row);
  }
  return [...rows.values()];
}

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n');

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const defectOf = ({ defect }: Different): string => (defect === 'unlisted' ? '' : String(defect));

/** Every case whose answer is another one than captured. */
export function describeDifferences(): string {
  const rows = collectRows().map(({ label, ids }) => [
    ids.join(', '),
    label.kind === 'refused' ? 'ours to refuse' : 'fixed',
    defectOf(label),
    label.was,
    label.now,
    label.why,
  ]);
  return table(['case', 'kind', 'defect', 'the first version', 'this one', 'why'], rows);
}

/** The numbers that the other table uses, and where each is shown. */
export function describeDefects(): string {
  const rows = collectRows();
  const shownBy = (number: number): string =>
    rows.flatMap(({ label, ids }) => (defectOf(label) === String(number) ? ids : [])).join(', ');
  const cells = DEFECTS.map(({ severity, what }, index) => [String(index + 1), severity, what, shownBy(index + 1)]);
  return table(['defect', 'severity', 'what was wrong', 'shown by'], cells);
}

export function describeCounts(): string {
  const sections = [...new Set(STORIES.map(({ section }) => section))];
  const rows = sections.map((section) => {
    const cases = STORIES.filter((story) => story.section === section).flatMap((story) => story.cases);
    const kinds = cases.filter(isPlayed).map(({ label }) => label.kind);
    const count = (kind: Label['kind']): string => String(kinds.filter((one) => one === kind).length);
    return [section, count('same'), count('fixed'), count('refused'), String(cases.length - kinds.length)];
  });
  return table(['section', 'same', 'fixed', 'ours to refuse', 'later'], rows);
}
