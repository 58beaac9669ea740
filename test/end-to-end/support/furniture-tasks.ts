import type { JsonObject } from '../../../contract/client/json-value.ts';
import { commands } from './planner.ts';

/** The repository that all of it happens in. */
export const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Web shop\n\nA small shop.\n',
  'package.json': '{\n  "name": "web-shop",\n  "version": "1.0.0"\n}\n',
  'src/login.js': "import { pad } from './pad.js';\n\nexport const sessionKey = (key) => {\n  return key;\n};\n",
  'src/greet.js': "export const greet = (name) => {\n  return 'Hello';\n};\n",
  'src/list.js': 'export const list = (items) => items;\n',
};

const write = (path: string, lines: readonly string[]): string =>
  `mkdir -p $(dirname ${path}) && printf '%s\\n' ${lines.map(quoted).join(' ')} > ${path}`;
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const GREETING = [
  'export const greet = (name) => {',
  `  return 'Hello, ' + name + '.';`,
  '};',
  '',
  'export const farewell = (name) => {',
  `  return 'Goodbye, ' + name + '.';`,
  '};',
];

const named = (step_id: string, title: string, runs: readonly string[], more: JsonObject = {}): JsonObject => ({
  ...commands(title, runs, more),
  step_id,
});

export const TASKS: Readonly<Record<'completed' | 'failed' | 'gated' | 'asking' | 'waiting', JsonObject>> = {
  completed: named(
    'friendlier-greeting',
    'Make the greeting friendlier',
    [
      write('src/greet.js', GREETING),
      "printf '# Web shop\\n\\nA small, friendly shop.\\n' > README.md",
      `mkdir -p docs && seq -f 'Line %g of the guide.' 1 40 > docs/guide.md`,
      `printf '\\033[32mok\\033[0m  greets by name\\n\\033[32mok\\033[0m  says goodbye\\n'; echo 'slow: 1 test took 2 s' >&2`,
    ],
    {
      expects_changes: 'yes',
      validations: [
        { name: 'test:unit', command: "echo '214 passed'; grep -q farewell src/greet.js" },
        { name: 'lint', command: 'true', required: false },
      ],
    },
  ),
  failed: named(
    'limit-the-list',
    'Limit the list',
    [write('src/list.js', ['export const list = (items) => items.slice(0, 10);']), 'seq -f "test %g passed" 1 60'],
    {
      validations: [
        { name: 'lint', command: 'true' },
        {
          name: 'test:unit',
          command: "echo 'FAIL src/list.test.js > keeps all items'; echo '2 of 214 failed'; exit 1",
        },
      ],
    },
  ),
  gated: named('test-script', 'Add a test script', [
    write('package.json', [
      '{',
      '  "name": "web-shop",',
      '  "version": "1.0.0",',
      '  "scripts": { "test": "true" }',
      '}',
    ]),
  ]),
  asking: {
    version: 'v1',
    step_id: 'fix-login',
    title: 'Fix the login',
    goal: 'The login keeps its session when the key is short.',
    adapter_profile: 'helper',
  },
  waiting: named('order-mail', 'Send the order mail', ['true']),
};

/** Its check fails the first time. `marker`: a file by which it knows. */
export const retriedTask = (marker: string): JsonObject =>
  named('flaky-search', 'Search by name', [write('src/search.js', ['export const search = () => [];'])], {
    validations: [{ name: 'service', command: `test -e '${marker}' || { touch '${marker}'; echo refused; exit 1; }` }],
    retry: { max_attempts: 2, base_seconds: 0, on: ['validation_failed'] },
  });
