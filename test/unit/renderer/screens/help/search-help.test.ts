import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpPath, helpTarget } from '../../../../../renderer/screens/help/help-target.ts';
import { searchHelp } from '../../../../../renderer/screens/help/search-help.ts';
import { splitSections } from '../../../../../renderer/screens/help/split-sections.ts';

const MARKDOWN = [
  '<!-- made by a program -->',
  '# Top',
  'Before.',
  '',
  '## A `gate` waits',
  'Decide [it](states.md#x) **soon**.',
  '```sh',
  '# no heading',
  '```',
  '| a | b |',
  '|---|---|',
  '## A `gate` waits',
  'Twice.',
].join('\n');

describe('splitSections', () => {
  it('ends a section at the next heading, and finds none in code', () => {
    expect(splitSections(MARKDOWN)).toEqual([
      { heading: 'Top', slug: 'top', text: 'Before.' },
      { heading: 'A gate waits', slug: 'a-gate-waits', text: 'Decide it soon . sh no heading a b' },
      { heading: 'A gate waits', slug: 'a-gate-waits-1', text: 'Twice.' },
    ]);
  });
});

describe('searchHelp', () => {
  const texts = [
    { name: 'one', title: 'One', markdown: '# One\nA gate is mentioned here.\n' },
    { name: 'two', title: 'Two', markdown: MARKDOWN },
  ];

  it('finds sections with every word, first where the heading has one', () => {
    expect(searchHelp(texts, 'GATE').map(({ name, slug }) => `${name} ${slug}`)).toEqual([
      'two a-gate-waits',
      'two a-gate-waits-1',
      'one one',
    ]);
    expect(searchHelp(texts, 'gate twice').map(({ slug }) => slug)).toEqual(['a-gate-waits-1']);
    expect(searchHelp(texts, ' ')).toEqual([]);
    expect(searchHelp(texts, 'nowhere')).toEqual([]);
  });

  it('shows what stands around the word', () => {
    const long = { name: 'l', title: 'L', markdown: `# L\n${'x '.repeat(200)}needle ${'y '.repeat(200)}` };
    const [hit] = searchHelp([long], 'needle');
    expect(hit?.excerpt).toMatch(/^….*needle.*…$/);
    expect(hit?.excerpt.length).toBeLessThan(160);
  });
});

it('leads from document to document within the page, and asks before it leads out', () => {
  expect(helpTarget('states', 'api.md#errors')).toEqual({ kind: 'inside', path: '/help/api?at=errors' });
  expect(helpTarget('states', '#failed')).toEqual({ kind: 'inside', path: '/help/states?at=failed' });
  expect(helpTarget('states', 'README.md')).toEqual({ kind: 'inside', path: '/help' });
  expect(helpTarget('states', 'https://example.org/')).toMatchObject({ kind: 'outside' });
  expect(helpTarget('states', '../../package.json')).toEqual({ kind: 'none' });
  expect(helpPath('README', null)).toBe('/help');
});

it('has a place for every link of the documents that come along', () => {
  const folder = new URL('../../../../../resources/docs/', import.meta.url);
  const pages = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => [file.replace('.md', ''), readFileSync(new URL(file, folder), 'utf8')]),
  );
  const slugs = new Map([...pages].map(([name, text]) => [name, splitSections(text).map(({ slug }) => slug)]));
  const broken = [...pages].flatMap(([name, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      const leads = helpTarget(name, target);
      if (leads.kind !== 'inside') return leads.kind === 'none' ? [`${name}: ${target}`] : [];
      const url = new URL(leads.path, 'http://page');
      const page = url.pathname === '/help' ? 'README' : url.pathname.replace('/help/', '');
      const at = url.searchParams.get('at');
      return slugs.get(page) !== undefined && (at === null || slugs.get(page)?.includes(at))
        ? []
        : [`${name}: ${target}`];
    }),
  );
  expect(broken).toEqual([]);
});
