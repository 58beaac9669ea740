import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../main/cli/command-table.ts';
import { COMMAND_DOCUMENTS, LINE_DOCUMENTS, WITHOUT_DOCUMENT } from '../../schemas/schema-table.ts';
import { schemaFiles } from '../../schemas/write-schema.ts';
import { SCHEMA_FOLDER } from '../../support/schema-judge.ts';

describe('resources/schemas', () => {
  // `npm run schemas` writes the files.
  it.each(schemaFiles().map((file) => [file.path, file] as const))(
    '%s is what the sources say',
    async (path, { json }) => {
      await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot(join(SCHEMA_FOLDER, path));
    },
  );

  it('has no file that nothing writes', () => {
    const present = readdirSync(SCHEMA_FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(present.sort()).toEqual(
      schemaFiles()
        .map(({ path }) => join(SCHEMA_FOLDER, path))
        .sort(),
    );
  });

  it('CLI-1: has a schema for each command, or the reason why it has none', () => {
    const commands = SECTIONS.flatMap(({ rows }) => rows.map(({ words }) => words));
    const described = [COMMAND_DOCUMENTS, LINE_DOCUMENTS, WITHOUT_DOCUMENT].flatMap((table) => Object.keys(table));
    const plain = described.filter((command) => !command.includes(' --'));
    expect(plain.sort()).toEqual(commands.sort());
  });
});
