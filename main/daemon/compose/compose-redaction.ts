import { preparePatterns } from '../domain/redaction/pattern-set.ts';
import { createRedactor, type Redactor } from '../domain/redaction/redactor.ts';
import { formsOfSecrets } from '../domain/redaction/secret-forms.ts';
import { declaredNames, secretsInEnvironment } from '../domain/redaction/secret-sources.ts';

export interface RedactionSources {
  readonly token: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of variables, as in `CODENCER_REDACT`. */
  readonly declared: string | undefined;
}

/** A redactor for each stream, over one set of patterns: our own token, declared secrets, and what looks like one. */
export function composeRedaction({ token, environment, declared }: RedactionSources): () => Redactor {
  const own = { name: 'CODENCER_TOKEN', value: token };
  const secrets = [own, ...secretsInEnvironment(environment, declaredNames(declared))];
  const patterns = preparePatterns(formsOfSecrets(secrets));
  return () => createRedactor(patterns);
}
