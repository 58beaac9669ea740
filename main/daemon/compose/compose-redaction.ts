import { StringDecoder } from 'node:string_decoder';
import { preparePatterns } from '../domain/redaction/pattern-set.ts';
import type { TextRedactor } from '../domain/redaction/redact-activity.ts';
import { createRedactor, type Redactor } from '../domain/redaction/redactor.ts';
import { formsOfSecrets } from '../domain/redaction/secret-forms.ts';
import { declaredNames, secretsInEnvironment } from '../domain/redaction/secret-sources.ts';
import type { AddedVariables } from '../services/ports/processes.ts';

export interface RedactionSources {
  readonly token: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of variables, as in `CODENCER_REDACT`. */
  readonly declared: string | undefined;
}

export type CreateRedactor = (added?: AddedVariables) => Redactor;

/** A redactor for each stream: our own token, declared secrets, and what looks like one. The common patterns are shared. */
export function composeRedaction({ token, environment, declared }: RedactionSources): CreateRedactor {
  const names = declaredNames(declared);
  const common = [{ name: 'CODENCER_TOKEN', value: token }, ...secretsInEnvironment(environment, names)];
  const commonPatterns = preparePatterns(formsOfSecrets(common));
  return (added = []) => {
    const more = added.flatMap((variables) => secretsInEnvironment(variables, names));
    if (more.length === 0) return createRedactor(commonPatterns);
    return createRedactor(preparePatterns(formsOfSecrets([...common, ...more])));
  };
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
  return {
    push: (piece) => decoder.write(Buffer.from(redactor.push(Buffer.from(piece)))),
    flush: () => decoder.end(Buffer.from(redactor.flush())),
  };
}

/** For what has no secrets any more. */
export const passOn: Redactor = { push: (chunk) => chunk, flush: () => new Uint8Array(0), redactions: () => 0 };

export function redactText(text: string, redactor: Redactor): string {
  const parts = [redactor.push(Buffer.from(text)), redactor.flush()];
  return Buffer.concat(parts).toString('utf8');
}
