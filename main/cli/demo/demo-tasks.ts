import type { JsonObject } from '../../../contract/client/json-value.ts';
import { shellQuoted } from '../shell-word.ts';

/** Edits two files. One of its validations fails the first time, and the declared retry makes it good. */
export const retriedTask = (markerPath: string): JsonObject => ({
  version: 'v1',
  title: 'Make the greeting friendlier',
  goal: 'Greet the reader by name and add a module that does it.',
  adapter_profile: 'command',
  expects_changes: 'yes',
  recipe: {
    steps: [
      { run: "printf 'Hello, dear reader.\\n' > greeting.txt" },
      { run: `mkdir -p src && printf 'export const greet = (name) => "Hello, " + name;\\n' > src/greet.js` },
    ],
  },
  validations: [
    { name: 'the greeting is friendly', command: "grep -q 'dear reader' greeting.txt" },
    { name: 'a service that is down at first', command: failOnce(markerPath) },
  ],
  retry: { max_attempts: 2, base_seconds: 0, on: ['validation_failed'] },
});

/** Touches a dependency file, which the built-in policy puts a gate before. */
export const gatedTask = (): JsonObject => ({
  version: 'v1',
  title: 'Add a test script',
  goal: 'Let `npm test` run something.',
  adapter_profile: 'command',
  expects_changes: 'yes',
  recipe: {
    steps: [
      {
        run: `printf '{\\n  "name": "small-project",\\n  "version": "1.0.0",\\n  "scripts": { "test": "true" }\\n}\\n' > package.json`,
      },
    ],
  },
  validations: [{ name: 'package.json names a test', command: 'grep -q \'"test"\' package.json' }],
});

const failOnce = (markerPath: string): string => {
  const marker = shellQuoted(markerPath);
  return `test -e ${marker} || { touch ${marker}; echo 'connection refused, try again'; exit 1; }`;
};
