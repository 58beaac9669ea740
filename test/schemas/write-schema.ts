import type { z } from 'zod';
import { type SchemaUse, toJsonSchemas } from '../../main/daemon/api/openapi/json-schemas.ts';
import { COMMAND_DOCUMENTS, LINE_DOCUMENTS, OTHER_DOCUMENTS } from './schema-table.ts';

/** A schema as it stands in `resources/schemas`, whole in one file. */
export interface SchemaFile {
  /** `cli/run-list.json` */
  readonly path: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Every file of the folder. */
export const schemaFiles = (): readonly SchemaFile[] => [
  ...Object.entries(OTHER_DOCUMENTS).map(([name, { schema, use }]) =>
    writeSchema({ path: `${name}.json`, title: TITLES[name] ?? name, schema, use }),
  ),
  ...commandFiles(COMMAND_DOCUMENTS, (command) => `What codencer ${command} --json prints`),
  ...commandFiles(LINE_DOCUMENTS, (command) => `Each line that codencer ${command} --json prints`),
];

const TITLES: Readonly<Record<string, string>> = {
  task: 'A task, as a file or in a request',
  result: 'What became of a step',
  error: 'What every command prints with --json when it fails',
  'run-tasks': 'What run-tasks --json prints',
};

const commandFiles = (table: Readonly<Record<string, z.ZodType>>, titleOf: (command: string) => string) =>
  Object.entries(table).map(([command, schema]) =>
    writeSchema({ path: commandPath(command), title: titleOf(command), schema, use: 'answer' }),
  );

/** `submit --wait` is in `cli/submit-wait.json`. */
export const commandPath = (command: string): string => `cli/${command.replace(/[^a-z]+/g, '-')}.json`;

interface Unwritten {
  readonly path: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly use: SchemaUse;
}

function writeSchema({ path, title, schema, use }: Unwritten): SchemaFile {
  const { schemas, named } = toJsonSchemas([schema], use);
  const definitions = Object.keys(named).length === 0 ? {} : { $defs: named };
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schemas[0], ...definitions };
  const text = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
  return { path, json: JSON.parse(text, (_key, value) => (isAnyInteger(value) ? undefined : value)) };
}

/** The bounds of every whole number that JavaScript can hold say nothing about this one. */
const isAnyInteger = (value: unknown): boolean =>
  typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER;
