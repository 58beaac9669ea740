import type { Secret } from './secret-forms.ts';
import { isLongEnough, isWorthRedacting, looksRandom } from './worth-redacting.ts';

/** Variables of a process, as Node shows them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const secretName =
  /TOKEN(?!S)|SECRET|PASSWORD|PASSWD|PASSPHRASE|_PWD$|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|CREDENTIAL|BEARER|_PAT$/i;

/** `AUTH` without `AUTHOR`: as often a mode or a host as a secret. */
const doubtfulName = /AUTH(?!OR)|COOKIE|_KEY$|_DSN$/i;

/** How widely used kinds of keys begin: model vendors, forges, clouds, chats, registries, JSON web tokens, PEM. */
const knownKey =
  /^(?:sk-[\w-]{16,}|(?:gh[opsur]|github_pat)_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}$|AIza[\w-]{30,}|npm_\w{30,}|hf_\w{20,}|pypi-[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.|-----BEGIN [A-Z ]*PRIVATE KEY)/;

const passwordInAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:([^/\s@]+)@/i;

/** The names in `CODENCER_REDACT`, such as `NPM_AUTH, DB_DSN`. */
export const declaredNames = (declaration: string | undefined): readonly string[] =>
  (declaration ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));

/** The secrets among the variables that an executor will see (RED-9 to RED-12, RED-14). `handed`: those of RED-14. */
export function secretsInEnvironment(
  environment: Environment,
  declared: readonly string[],
  handed: readonly string[] = [],
): readonly Secret[] {
  const names: Names = { declared: new Set(declared), handed: new Set(handed) };
  return Object.entries(environment).flatMap(([name, value = '']) => {
    const values = [...(isSecret(name, value, names) ? [value] : []), ...passwordsIn(value)];
    return values.map((found) => ({ name, value: found }));
  });
}

type Names = Readonly<Record<'declared' | 'handed', ReadonlySet<string>>>;

function isSecret(name: string, value: string, { declared, handed }: Names): boolean {
  if (declared.has(name)) return isLongEnough(value);
  if (knownKey.test(value.trim())) return true;
  if (!isWorthRedacting(value)) return false;
  return handed.has(name) || secretName.test(name) || (doubtfulName.test(name) && looksRandom(value));
}

/** The password of an address, as it stands there and decoded. */
function passwordsIn(value: string): readonly string[] {
  const password = passwordInAddress.exec(value.trim())?.[1];
  if (password === undefined) return [];
  return [password, decodePercent(password)].filter(isLongEnough);
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign: the password is meant as it stands
  }
}
