import { parseDocument } from 'yaml';
import { err, ok, type Result } from '../../../../contract/result.ts';

/**
 * Decodes the text of a YAML or JSON file. Sentences carry line and column and never the text itself, which may hold
 * what nobody should see.
 */
export function parseYaml(text: string, file: string): Result<unknown, string> {
  try {
    // Without `prettyErrors` a message does not quote the source; aliases are limited against documents that explode.
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) return err(`${file}${positionOf(text, problem.pos[0])}: ${problem.message}`);
    return ok(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    // toJS throws a ReferenceError for an alias that leads nowhere or explodes.
    if (error instanceof ReferenceError) return err(`${file}: ${error.message}`);
    throw error;
  }
}

export function parseJson(text: string, file: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = /position (\d+)/.exec(error.message)?.[1];
    return err(`${file}${at === undefined ? '' : positionOf(text, Number(at))}: it is not valid JSON`);
  }
}

function positionOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
