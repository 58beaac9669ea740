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

/** Variables that one program gets besides the daemon's own. */
export type CreateRedactor = (added?: Readonly<Record<string, string>>) => Redactor;

/** A redactor for each stream: our own token, declared secrets, and what looks like one. The common patterns are shared. */
export function composeRedaction({ token, environment, declared }: RedactionSources): CreateRedactor {
  const names = declaredNames(declared);
  const common = [{ name: 'CODENCER_TOKEN', value: token }, ...secretsInEnvironment(environment, names)];
  const commonPatterns = preparePatterns(formsOfSecrets(common));
  return (added = {}) => {
    const more = secretsInEnvironment(added, names);
    if (more.length === 0) return createRedactor(commonPatterns);
    return createRedactor(preparePatterns(formsOfSecrets([...common, ...more])));
  };
}
