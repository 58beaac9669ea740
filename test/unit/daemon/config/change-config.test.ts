import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { ok } from '../../../../contract/result.ts';
import { changeConfig } from '../../../../main/daemon/config/change-config.ts';
import { describeConfig } from '../../../../main/daemon/config/describe-config.ts';
import { type ConfigInput, resolveConfig } from '../../../../main/daemon/config/resolve-config.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';

interface World {
  readonly file?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly dotenv?: Readonly<Record<string, string>>;
}

const inputOf = ({ file, environment = {}, dotenv = {} }: World): ConfigInput => ({
  flags: file === undefined ? {} : { config: 'c.json', port: 9000 },
  environment,
  cwd: '/repo',
  reader: { json: () => ok(file), variables: () => ok({ variables: dotenv, notice: null }), resolvePath: resolve },
});

const change = (world: World, changes: Readonly<Record<string, unknown>>) => changeConfig(inputOf(world), changes);

describe('changeConfig', () => {
  it('CONF-10: sets keys, takes out what is null, and leaves the others as they are', () => {
    const changed = successOf(
      change({ file: { slots: 2, host: '127.0.0.1' } }, { slots: 8, host: null, redact: ['A'] }),
    );
    expect(changed.path).toBe('/repo/c.json');
    expect(changed.content).toEqual({ slots: 8, redact: ['A'] });
    expect(changed.overriddenBy).toEqual({ slots: null, host: null, redact: null });
  });

  it('CONF-10: says what counts more than the file', () => {
    const world = { file: {}, environment: { LOG_LEVEL: 'warn' }, dotenv: { CODENCER_SLOTS: '3' } };
    const { overriddenBy } = successOf(change(world, { log_level: 'debug', slots: 5, port: 1, redact: [] }));
    expect(overriddenBy).toEqual({
      log_level: 'LOG_LEVEL in the environment',
      slots: 'CODENCER_SLOTS in "/repo/.env"',
      port: '--port',
      redact: null,
    });
  });

  it.each([
    [{ slots: 0 }, 'slots in "/repo/c.json" must be a whole number from 1 to 64'],
    [{ colour: 'red' }, 'colour in "/repo/c.json" is not a known key'],
    [{ colour: null, slots: 3 }, 'colour in "/repo/c.json" is not a known key'],
    [{ constructor: null }, 'constructor in "/repo/c.json" is not a known key'],
    [{ host: '0.0.0.0' }, 'host in "/repo/c.json" must be a loopback address'],
    [JSON.parse('{"__proto__": {"slots": 1}}'), '__proto__ in "/repo/c.json" is not a known key'],
  ])('CONF-10: refuses %j by name, also where the environment hides it', (changes, sentence) => {
    const world = { file: {}, environment: { CODENCER_SLOTS: '3', HOST: '127.0.0.1' } };
    expect(failureOf(change(world, changes)).join('; ')).toContain(sentence);
  });

  it('CONF-10: takes out a key that means nothing, where it stands', () => {
    expect(successOf(change({ file: { colour: 'red', slots: 2 } }, { colour: null })).content).toEqual({ slots: 2 });
  });

  it('CONF-10: needs a file that was named', () => {
    expect(failureOf(change({}, { slots: 1 }))).toEqual(['no configuration file was named at the start']);
  });
});

describe('describeConfig', () => {
  it('CONF-9: names every setting as a file would, with its source, and no credentials', () => {
    const file = { antigravity_broker_url: 'http://me:secret@127.0.0.1:8088/x', slots: 2 };
    const described = describeConfig(successOf(resolveConfig(inputOf({ file, environment: { LOG_LEVEL: 'warn' } }))));
    const found = (key: string) => described.find((entry) => entry.key === key);
    expect(found('antigravity_broker_url')?.value).toBe('http://[redacted]@127.0.0.1:8088/x');
    expect(found('slots')).toEqual({
      key: 'slots',
      value: 2,
      source: { kind: 'file', path: '/repo/c.json', key: 'slots' },
      isFileKey: true,
      meaning: 'How many attempts run at the same time.',
    });
    expect(described.filter(({ meaning }) => meaning === '')).toEqual([]);
    expect(found('log_level')?.source).toEqual({ kind: 'environment', key: 'LOG_LEVEL' });
    expect(found('port')?.source).toEqual({ kind: 'flag', key: '--port' });
    expect(found('simulation.codex')).toMatchObject({ value: false, isFileKey: false });
    expect(described.filter(({ isFileKey }) => isFileKey).map(({ key }) => key)).toContain('simulation');
    expect(new Set(described.map(({ key }) => key)).size).toBe(described.length);
  });
});
