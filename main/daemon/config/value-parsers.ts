import { err, ok, type Result } from '../../../contract/result.ts';

/** Reads a value as a file (JSON) or a variable (text) gives it. The error completes "<key> must be …". */
export type ParseValue<T> = (raw: unknown) => Result<T, string>;

export const parseOneOf =
  <T extends string>(names: readonly T[]): ParseValue<T> =>
  (raw) => {
    const name = typeof raw === 'string' ? names.find((one) => one === raw.trim().toLowerCase()) : undefined;
    return name === undefined ? err(`one of ${names.join(', ')}`) : ok(name);
  };

export const parseWhole =
  (least: number, most: number): ParseValue<number> =>
  (raw) => {
    const number = typeof raw === 'string' && /^\s*[0-9]{1,9}\s*$/.test(raw) ? Number(raw) : raw;
    const fits = typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most;
    return fits ? ok(number) : err(`a whole number from ${least} to ${most}`);
  };

/** `1` and `0` are what variables say; anything else is a slip that nobody should have to guess about. */
export const parseSwitch: ParseValue<boolean> = (raw) => {
  if (typeof raw === 'boolean') return ok(raw);
  const text = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  if (text === '1' || text === 'true') return ok(true);
  return text === '0' || text === 'false' ? ok(false) : err('1 or 0 (true or false)');
};

export const parseText: ParseValue<string> = (raw) =>
  typeof raw === 'string' && raw.trim() !== '' && !raw.includes('\0') ? ok(raw) : err('a text');

export const parseExecutorName: ParseValue<string> = (raw) =>
  typeof raw === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(raw.trim())
    ? ok(raw.trim())
    : err('the name of an executor, such as codex or command');

/** Names of environment variables: a list, or one text with commas. */
export const parseVariableNames: ParseValue<readonly string[]> = (raw) => {
  const list: unknown = typeof raw === 'string' ? raw.split(',').map((name) => name.trim()) : raw;
  const names = Array.isArray(list) ? list.filter((name) => name !== '') : null;
  const isNames = names?.every((name) => typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  return names !== null && isNames === true ? ok(names) : err('names of environment variables, separated by commas');
};

/** The daemon is for this machine alone: only loopback addresses, as literals. `localhost` is made one. */
export const parseHost: ParseValue<string> = (raw) => {
  const host = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  if (host === 'localhost') return ok('127.0.0.1');
  if (host === '::1' || host === '[::1]') return ok('::1');
  const isLoopback = /^127(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}$/.test(host);
  return isLoopback ? ok(host) : err('a loopback address such as 127.0.0.1: the daemon is for this machine alone');
};

export const parseHttpUrl: ParseValue<string> = (raw) =>
  typeof raw === 'string' && /^https?:\/\/[^\s]+$/.test(raw)
    ? ok(raw)
    : err('an address such as http://127.0.0.1:8088');
