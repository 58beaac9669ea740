import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './api-page.ts';
import { cliPage } from './cli-page.ts';
import { configurationPage } from './configuration-page.ts';

export interface DocPage {
  readonly name: string;
  readonly text: string;
}

const RESOURCES = join(import.meta.dirname, '../../resources');
export const DOCS_FOLDER = join(RESOURCES, 'docs');

/** The pages that are made: words from `intro/`, facts from the code. */
export async function docPages(): Promise<readonly DocPage[]> {
  const openApi: unknown = JSON.parse(readFileSync(join(RESOURCES, 'openapi.json'), 'utf8'));
  return [
    { name: 'configuration.md', text: configurationPage(introOf('configuration.md')) },
    { name: 'cli.md', text: await cliPage(introOf('cli.md')) },
    { name: 'api.md', text: apiPage(introOf('api.md'), openApi) },
  ];
}

const introOf = (name: string): string => readFileSync(join(import.meta.dirname, 'intro', name), 'utf8');
