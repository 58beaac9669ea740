import { StringDecoder } from 'node:string_decoder';
import { type PatternSet, preparePatterns } from '../domain/redaction/pattern-set.ts';
import type { TextRedactor } from '../domain/redaction/redact-activity.ts';
import { createRedactor, type Redactor } from '../domain/redaction/redactor.ts';
import { formsOfSecrets, type Secret } from '../domain/redaction/secret-forms.ts';
import { declaredNames, secretsInEnvironment } from '../domain/redaction/secret-sources.ts';
import type { AddedVariables } from '../services/ports/processes.ts';

export interface RedactionSources {
  readonly token: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of variables, as in `CODENCER_REDACT`. */
  readonly declared: string | undefined;
  /** Names of variables from which profiles take values: the same list as long as they are the same. */
  readonly handed: () => readonly string[];
}

export type CreateRedactor = (added?: AddedVariables) => Redactor;

/** A redactor for each stream: our own token, declared secrets, and what looks like one. The common patterns are shared. */
export function composeRedaction(sources: RedactionSources): CreateRedactor {
  const names = declaredNames(sources.declared);
  let common: Common | null = null;
  return (added = []) => {
    common = commonOf(sources, common);
    const { secrets, patterns } = common;
    const more = added.flatMap((variables) => secretsInEnvironment(variables, names));
    if (more.length === 0) return createRedactor(patterns);
    return createRedactor(preparePatterns(formsOfSecrets([...secrets, ...more])));
  };
}

interface Common {
  readonly handed: readonly string[];
  readonly secrets: readonly Secret[];
  readonly patterns: PatternSet;
}

/** They are prepared again only when profiles name other variables than before. */
function commonOf({ token, environment, declared, handed }: RedactionSources, before: Common | null): Common {
  const names = handed();
  if (before?.handed === names) return before;
  const found = secretsInEnvironment(environment, declaredNames(declared), names);
  const secrets = [{ name: 'CODENCER_TOKEN', value: token }, ...found];
  return { handed: names, secrets, patterns: preparePatterns(formsOfSecrets(secrets)) };
}

/** Tells how many secrets a stream had when it has ended. */
export const countingRedactor =
  (create: CreateRedactor, onRedacted: (count: number) => void): CreateRedactor =>
  (added) => {
    const redactor = create(added);
    return {
      ...redactor,
      flush() {
        const rest = redactor.flush();
        if (redactor.redactions() > 0) onRedacted(redactor.redactions());
        return rest;
      },
    };
  };

/** Takes secrets out of a text that comes in pieces; no character is ever cut in two. */
export function startText(redactor: Redactor): TextRedactor {
  const decoder = new StringDecoder('utf8');
  let isUntouched = true;
  return {
    push(piece) {
      const bytes = Buffer.from(piece);
      const given = redactor.push(bytes);
      // As long as nothing was held back or taken out, the pieces themselves are the answer.
      isUntouched &&= given.length === bytes.length && redactor.redactions() === 0;
      return isUntouched ? piece : decoder.write(Buffer.from(given));
    },
    flush: () => decoder.end(Buffer.from(redactor.flush())),
  };
}

/** For what has no secrets any more. */
export const passOn: Redactor = { push: (chunk) => chunk, flush: () => new Uint8Array(0), redactions: () => 0 };

/** `bytesOf` may use its memory again with the next text. */
export function redactText(
  text: string,
  redactor: Redactor,
  bytesOf: (text: string) => Uint8Array = (whole) => Buffer.from(whole),
): string {
  const parts = [redactor.push(bytesOf(text)), redactor.flush()];
  return redactor.redactions() === 0 ? text : Buffer.concat(parts).toString('utf8');
}
